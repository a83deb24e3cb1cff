package dev.scopegate.it.server;

import java.io.IOException;
import java.nio.file.Path;

/** GlassFish, embedded: one jar that takes the commands of its administration as arguments. */
record GlassFish(Path war) implements Container.Command {
    @Override
    public Launch launch(Path home, Path scratch) throws IOException {
        int port = FreePort.find();
        return Launch.at(
                port,
                "-Xmx512m",
                "-Dscopegate.home=" + home,
                "-jar",
                TestFiles.container("glassfish").resolve("glassfish.jar").toString(),
                "--noListener",
                "--noInfo",
                "create-http-listener --listeneraddress=127.0.0.1 --listenerport=" + port
                        + " --default-virtual-server=server hub",
                "set configs.config.server-config.network-config.protocols.protocol.hub.http"
                        + ".header-buffer-length-bytes=16384", // a token may have 8,192 characters
                "deploy --contextroot=hub " + war);
    }
}
