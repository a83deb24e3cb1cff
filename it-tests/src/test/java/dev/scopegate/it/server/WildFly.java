package dev.scopegate.it.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The full WildFly, its standalone server, a WAR in its folder of deployments. */
record WildFly(Path war, boolean security) implements Container.Command {
    // callers come from the application's mechanism, not from the server's own store of users
    private static final String DOMAIN =
            "<application-security-domain name=\"other\" security-domain=\"ApplicationDomain\"";

    private static final List<String> OPENED_BY_WILDFLYS_SCRIPT = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.net",
            "java.base/java.security",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.management/javax.management",
            "java.naming/javax.naming");

    @Override
    public Launch launch(Path home, Path scratch) throws IOException {
        Path wildfly = TestFiles.onlyFolderIn(TestFiles.container("wildfly"));
        TestFiles.copy(wildfly.resolve("standalone"), scratch);
        if (security) {
            Path xml = scratch.resolve("configuration/standalone.xml");
            String settings = Files.readString(xml);
            int at = settings.lastIndexOf(DOMAIN + "/>"); // the first is the EJBs'
            if (at < settings.indexOf("<subsystem xmlns=\"urn:jboss:domain:undertow:")) {
                throw new IOException("WildFly's settings are not what they were");
            }
            int end = at + DOMAIN.length();
            Files.writeString(
                    xml, settings.substring(0, end) + " integrated-jaspi=\"false\"" + settings.substring(end));
        }
        Files.copy(war, scratch.resolve("deployments/hub.war"));
        int port = FreePort.find();
        List<String> arguments = new ArrayList<>(List.of(
                "-Xmx512m",
                "-Dscopegate.home=" + home,
                "-Djava.net.preferIPv4Stack=true",
                "-Djboss.home.dir=" + wildfly,
                "-Djboss.server.base.dir=" + scratch,
                "-jar",
                wildfly.resolve("jboss-modules.jar").toString(),
                "-mp",
                wildfly.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-b",
                "127.0.0.1",
                "-bmanagement",
                "127.0.0.1",
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=0",
                "-Djboss.management.http.port=0"));
        for (String each : OPENED_BY_WILDFLYS_SCRIPT) arguments.add(0, "--add-opens=" + each + "=ALL-UNNAMED");
        return new Launch(arguments, Map.of(), port);
    }
}
