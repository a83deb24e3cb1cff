package dev.scopegate.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.testkit.Crashes;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real Redis server on a loopback port of its own, which can be killed, stopped and started again where it was. */
final class RedisProcess implements Crashes.Server, Closeable {
    /** How the line begins that makes the user as whom a test asks where there is one; then comes the password. */
    static final String INSIDER = "user insider on >";

    private static final int PATIENCE_SECONDS = 60;

    private final Path folder;
    private final int port;
    private final boolean isSentinel;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> configuration;
    private Process process;

    private RedisProcess(Path folder, int port, boolean isSentinel, List<String> configuration) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.port = port;
        this.isSentinel = isSentinel;
        this.configuration = configuration;
        Files.write(folder.resolve("redis.conf"), configuration);
    }

    /** A server with these lines of configuration; {@code $PORT} in them is its own, which is {@code port} unless they say. */
    static RedisProcess start(Path folder, String... configuration) throws Exception {
        return start(folder, false, configuration);
    }

    static RedisProcess startSentinel(Path folder, String... configuration) throws Exception {
        return start(folder, true, configuration);
    }

    private static RedisProcess start(Path folder, boolean isSentinel, String... configuration) throws Exception {
        int port = freePort();
        List<String> all = new ArrayList<>(List.of("bind 127.0.0.1", "dir " + folder));
        if (!isSentinel) all.add("save \"\"");
        boolean hasPort = false;
        for (String line : configuration) {
            all.add(line.replace("$PORT", String.valueOf(port)));
            hasPort |= line.startsWith("port ");
        }
        if (!hasPort) all.add("port " + port);
        RedisProcess server = new RedisProcess(folder, port, isSentinel, all);
        server.start();
        return server;
    }

    static int freePort() throws IOException {
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return once.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /** What the configuration says of this. */
    String option(String name) {
        for (String line : configuration) if (line.startsWith(name + " ")) return line.substring(name.length() + 1);
        throw new AssertionError(name);
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void start() throws Exception {
        lines.clear();
        List<String> command = new ArrayList<>(List.of(binary().toString(), folder.resolve("redis.conf") + ""));
        if (isSentinel) command.add("--sentinel");
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Process started = process;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        Thread reader = new Thread(() -> read(started), "redis-" + port);
        reader.setDaemon(true);
        reader.start();
        awaitLine(isSentinel ? "+monitor" : "Ready to accept connections");
    }

    private void read(Process started) {
        try (BufferedReader output = started.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) lines.add(line);
        } catch (IOException e) {
            lines.add(e.toString());
        }
    }

    /** Waits until the server's log, from where it was read to, has a line with these words. */
    void awaitLine(String words) throws Exception {
        List<String> seen = new ArrayList<>();
        for (String line = ""; !line.contains(words); seen.add(line)) {
            line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(line).as("the server says '%s' after %s", words, seen).isNotNull();
        }
    }

    /** As a crash would, without a farewell to its clients. */
    @Override
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Hangs it, its connections open. */
    void hang() throws Exception {
        signal("-STOP");
    }

    void goOn() throws Exception {
        signal("-CONT");
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** The first text or number of what it answers to a command. */
    String ask(String command) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            var input = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line : configuration) {
                if (!line.startsWith(INSIDER)) continue;
                String password = line.substring(INSIDER.length(), line.indexOf(' ', INSIDER.length()));
                socket.getOutputStream().write(("AUTH insider " + password + "\r\n").getBytes(StandardCharsets.UTF_8));
                assertThat(input.readLine()).isEqualTo("+OK");
            }
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            String line = input.readLine();
            while (line.startsWith("*") || line.startsWith("$")) line = input.readLine();
            return line.startsWith(":") || line.startsWith("+") ? line.substring(1) : line;
        }
    }

    private static Path binary() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        String name = "redis-server-7.0.15-" + system + "-" + machine;
        Path binary = Path.of(System.getProperty("java.io.tmpdir"), name);
        if (Files.exists(binary)) return binary;
        Path fresh = Files.createTempFile(binary.getParent(), name, "");
        try (InputStream resource = RedisProcess.class.getResourceAsStream("/" + name)) {
            Files.write(fresh, resource.readAllBytes());
        }
        assertThat(fresh.toFile().setExecutable(true)).isTrue();
        return Files.move(fresh, binary);
    }

    @Override
    public void close() {
        kill();
    }
}
