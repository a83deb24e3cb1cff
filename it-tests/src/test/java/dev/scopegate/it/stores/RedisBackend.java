package dev.scopegate.it.stores;

import dev.scopegate.it.server.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Redis that writes before it answers. */
final class RedisBackend implements Backend {
    private static final String BINARY = "/redis-server-7.0.15-linux-amd64";

    private final int port;
    private final Process process;

    RedisBackend(Path folder) throws Exception {
        Path binary = Files.createDirectories(folder).resolve("redis-server");
        try (InputStream resource = RedisBackend.class.getResourceAsStream(BINARY)) {
            Files.copy(resource, binary);
        }
        if (!binary.toFile().setExecutable(true)) throw new IOException(binary + " cannot be made executable");
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = once.getLocalPort();
        }
        process = new ProcessBuilder(List.of(
                        binary.toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--dir",
                        folder.toString(),
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Await.until("Redis takes connections", Duration.ofSeconds(30), this::takesConnections);
    }

    private boolean takesConnections() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public List<String> options() {
        return List.of("-Dscopegate.redis-url=redis://127.0.0.1:" + port);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
