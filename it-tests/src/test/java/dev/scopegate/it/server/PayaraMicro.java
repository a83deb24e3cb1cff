package dev.scopegate.it.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Payara Micro: one jar, without its cluster. */
record PayaraMicro(Path war) implements Container.Command {
    // a token may have 8,192 characters
    private static final String COMMANDS = """
            set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1
            set configs.config.server-config.network-config.protocols.protocol.http-listener.http.header-buffer-length-bytes=16384
            """;

    @Override
    public Launch launch(Path home, Path scratch) throws IOException {
        Path commands = Files.writeString(Files.createDirectories(scratch).resolve("commands"), COMMANDS);
        int port = FreePort.find();
        return Launch.at(
                port,
                "-Xmx512m",
                "-Dscopegate.home=" + home,
                "-jar",
                TestFiles.container("payara").resolve("payara-micro.jar").toString(),
                "--nohazelcast",
                "--disablephonehome",
                "--rootdir",
                scratch.resolve("root").toString(),
                "--prebootcommandfile",
                commands.toString(),
                "--port",
                "" + port,
                "--contextroot",
                "hub",
                "--deploy",
                war.toString());
    }
}
