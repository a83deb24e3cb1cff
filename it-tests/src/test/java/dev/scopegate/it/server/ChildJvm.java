package dev.scopegate.it.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process of a test: its output in files, killed at the latest when the tests end. */
public final class ChildJvm implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(20);

    private final Process process;
    private final Path folder;
    private final Thread atExit;

    private ChildJvm(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
        this.atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts {@code java arguments…} with its output and temporary files in the folder. */
    public static ChildJvm start(Path folder, List<String> arguments) {
        return start(Jdk.OF_THE_TESTS, folder, Map.of(), arguments);
    }

    /** The same on another JDK, with more in its environment. */
    static ChildJvm start(Jdk jdk, Path folder, Map<String, String> environment, List<String> arguments) {
        try {
            Path tmp = Files.createDirectories(folder.resolve("tmp"));
            List<String> command = new ArrayList<>(List.of(
                    jdk.program("java"),
                    "-XX:TieredStopAtLevel=1", // servers that live for seconds
                    "-XX:+UseSerialGC",
                    "-Djava.io.tmpdir=" + tmp));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(folder.resolve("stdout.log").toFile())
                    .redirectError(folder.resolve("stderr.log").toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("SCOPEGATE_"));
            builder.environment().putAll(environment);
            return new ChildJvm(builder.start(), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program of the JDK that the tests run on. */
    public static String program(String name) {
        return Jdk.OF_THE_TESTS.program(name);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its folder: {@code stdout.log}, {@code stderr.log}, {@code tmp}. */
    public Path folder() {
        return folder;
    }

    public String out() {
        return read("stdout.log");
    }

    public String err() {
        return read("stderr.log");
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process without a chance to do anything more. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit(STOP);
    }

    /** Waits for the process to end by itself; the exit code. */
    public int awaitExit(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + atMost + ", so far it has said:\n" + out() + err());
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
        return process.exitValue();
    }

    /** Asks the process to stop (SIGTERM), and fails when it does not. */
    @Override
    public void close() {
        try {
            process.destroy();
            awaitExit(STOP);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
