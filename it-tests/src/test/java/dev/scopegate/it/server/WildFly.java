package dev.scopegate.it.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The full WildFly, its standalone server, the WAR in its folder of deployments. */
final class WildFly implements Container.Command {
    @Override
    public Launch launch(Path home, Path scratch) throws IOException {
        Path wildfly = TestFiles.onlyFolderIn(TestFiles.container("wildfly"));
        TestFiles.copy(wildfly.resolve("standalone"), scratch);
        Files.copy(TestFiles.war(), scratch.resolve("deployments/hub.war"));
        int port = FreePort.find();
        return Launch.at(
                port,
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
                "-Djboss.management.http.port=0");
    }
}
