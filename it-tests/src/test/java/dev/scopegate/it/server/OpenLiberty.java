package dev.scopegate.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Open Liberty with the features that the WAR needs. */
record OpenLiberty(Path war, List<String> features) implements Container.Command {
    static final List<String> WEB = List.of("servlet-6.0", "restfulWS-3.1");

    private static final String SERVER = """
            <server>
              <featureManager>%s</featureManager>
              <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
              <applicationManager autoExpand="true"/>
              <library id="drivers"><fileset dir="${server.config.dir}/drivers"/></library>
              <webApplication location="hub.war" contextRoot="/hub"><classloader commonLibraryRef="drivers"/></webApplication>
            </server>
            """;

    @Override
    public Launch launch(Path home, Path scratch) throws IOException {
        Path liberty = TestFiles.onlyFolderIn(TestFiles.container("liberty"));
        Path server = Files.createDirectories(scratch.resolve("servers/hub"));
        int port = FreePort.find();
        Files.writeString(server.resolve("server.xml"), SERVER.formatted(featureList(), port));
        Files.writeString(server.resolve("bootstrap.properties"), "command.port=-1\n");
        Files.copy(war, Files.createDirectory(server.resolve("apps")).resolve("hub.war"));
        Path drivers = Files.createDirectory(server.resolve("drivers"));
        if (features.contains("jdbc-4.3")) copyDrivers(drivers);
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

    /** A pool of the server's takes no driver out of a WAR. */
    private void copyDrivers(Path to) throws IOException {
        try (ZipFile zip = new ZipFile(war.toFile())) {
            for (ZipEntry each : zip.stream().toList()) {
                String name = Path.of(each.getName()).getFileName().toString();
                if (!name.startsWith("h2-")) continue;
                try (InputStream jar = zip.getInputStream(each)) {
                    Files.copy(jar, to.resolve(name));
                }
            }
        }
    }

    private String featureList() {
        return "<feature>" + String.join("</feature><feature>", features) + "</feature>";
    }
}
