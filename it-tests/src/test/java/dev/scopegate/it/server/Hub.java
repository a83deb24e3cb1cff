package dev.scopegate.it.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The WAR's own command line. */
public final class Hub {
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private Hub() {}

    /** What a command that ended by itself has said. */
    public record Said(int exitCode, String out, String err) {}

    /** Runs {@code java jvmOptions… -jar scopegate-sample.war words…} to its end. */
    public static Said run(List<String> jvmOptions, String... words) throws InterruptedException {
        List<String> command = new ArrayList<>(jvmOptions);
        command.addAll(List.of("-jar", TestFiles.war().toString()));
        command.addAll(Arrays.asList(words));
        ChildJvm jvm = ChildJvm.start(TestFiles.emptyFolder("commands/" + UUID.randomUUID()), command);
        int exitCode = jvm.awaitExit(AT_MOST);
        return new Said(exitCode, jvm.out(), jvm.err());
    }

    /** Runs {@code token create} and gives what it printed, which has to be a token and nothing else. */
    public static String createToken(List<String> jvmOptions, Path home, String... words) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of("token", "create", "--home", home.toString()));
        all.addAll(Arrays.asList(words));
        Said said = run(jvmOptions, all.toArray(String[]::new));
        if (said.exitCode() != 0) throw new AssertionError(all + " failed: " + said.out() + said.err());
        if (!said.out().matches("sgp_[0-9A-Za-z]{50}\\R")) throw new AssertionError(all + " printed: " + said.out());
        return said.out().strip();
    }
}
