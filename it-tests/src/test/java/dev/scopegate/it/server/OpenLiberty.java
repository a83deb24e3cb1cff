package dev.scopegate.it.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Open Liberty with two features: servlets and its own JAX-RS. */
final class OpenLiberty implements Container.Command {
    private static final String SERVER = """
            <server>
              <featureManager>
                <feature>servlet-6.0</feature>
                <feature>restfulWS-3.1</feature>
              </featureManager>
              <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
              <applicationManager autoExpand="true"/>
              <webApplication location="hub.war" contextRoot="/hub"/>
            </server>
            """;

    @Override
    public Launch launch(Path home, Path scratch) throws IOException {
        Path liberty = TestFiles.onlyFolderIn(TestFiles.container("liberty"));
        Path server = Files.createDirectories(scratch.resolve("servers/hub"));
        int port = FreePort.find();
        Files.writeString(server.resolve("server.xml"), SERVER.formatted(port));
        Files.writeString(server.resolve("bootstrap.properties"), "command.port=-1\n");
        Files.copy(
                TestFiles.war(), Files.createDirectory(server.resolve("apps")).resolve("hub.war"));
        List<String> arguments = new ArrayList<>(List.of("-Xmx512m", "-Dscopegate.home=" + home));
        for (String line : Files.readAllLines(liberty.resolve("lib/platform/java/java9.options"))) {
            if (!line.isBlank() && !line.startsWith("#")) arguments.add(line.strip()); // as bin/server does
        }
        arguments.addAll(List.of(
                "-javaagent:" + liberty.resolve("bin/tools/ws-javaagent.jar"),
                "-Djava.awt.headless=true",
                "-jar",
                liberty.resolve("bin/tools/ws-server.jar").toString(),
                "hub"));
        Map<String, String> environment = Map.of(
                "WLP_USER_DIR",
                scratch.toString(),
                "WLP_OUTPUT_DIR",
                scratch.resolve("output").toString());
        return new Launch(arguments, environment, port);
    }
}
