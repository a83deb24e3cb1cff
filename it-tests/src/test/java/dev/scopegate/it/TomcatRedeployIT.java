package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.server.ChildJvm;
import dev.scopegate.it.server.TestFiles;
import dev.scopegate.it.server.TomcatRedeploys;
import dev.scopegate.it.tokens.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application that has been undeployed leaves nothing behind in its server. Takes a minute or two. */
@Tag("server")
final class TomcatRedeployIT {
    /** So that Tomcat can look for threads and thread-locals that an application has left. */
    private static final List<String> OPENED_BY_TOMCATS_SCRIPTS = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.reflect",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.rmi/sun.rmi.transport");

    /** A thread that is told of without a stack trace is about to end; those of Tomcat are its own. */
    private static final Pattern THREAD_LEFT = Pattern.compile("thread named \\[(?!Catalina)[^\n]*\n \\S");

    @ParameterizedTest
    @CsvSource({"tomcat-10.1,10", "tomcat-11,3"})
    void redeploys_leave_no_class_loader_behind(String tomcat, String deployments) throws Exception {
        Tokens tokens = Tokens.ofThisRun();
        Path folder = TestFiles.emptyFolder(tomcat + "-redeploys");
        Path token = Files.writeString(folder.resolve("token"), tokens.get("data"));
        List<String> command = new ArrayList<>(List.of(
                "-Xmx256m",
                "-XX:SoftRefLRUPolicyMSPerMB=0", // what only caches of the JDK hold, and would give up, is not left
                // behind
                "-Dscopegate.home=" + tokens.copyHome(folder),
                "-cp",
                TestFiles.classPath(tomcat),
                TomcatRedeploys.class.getName(),
                TestFiles.war().toString(),
                folder.resolve("scratch").toString(),
                token.toString(),
                deployments));
        for (String each : OPENED_BY_TOMCATS_SCRIPTS) command.add(0, "--add-opens=" + each + "=ALL-UNNAMED");

        ChildJvm jvm = ChildJvm.start(folder, command);

        assertThat(jvm.awaitExit(Duration.ofMinutes(3))).as(jvm.err()).isZero();
        assertThat(jvm.out()).contains(deployments + " deployments, 0 class loaders left");
        assertThat(jvm.err()).doesNotContain("failed to unregister").doesNotContain("SEVERE");
        assertThat(jvm.err()).doesNotContainPattern(THREAD_LEFT);
    }
}
