package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.scopegate.it.heap.HeapDump;
import dev.scopegate.it.rows.Row;
import dev.scopegate.it.rows.RowRunner;
import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.Engine;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.server.TestFiles;
import dev.scopegate.it.tokens.Tokens;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of {@code requests.csv} in one container; a container is a subclass that names it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RequestsContract {
    /** What Tomcat logs of a transfer that it aborts. */
    private static final Pattern CUT_OFF =
            Pattern.compile("SEVERE: [^\\n]*\\R[^\\n]*dev\\.scopegate\\.export\\.ExportStopped");

    /** The engine's own record of an answer that was stopped on its way, with the stack trace that some servers show. */
    private static final Pattern STOPPED =
            Pattern.compile("\\S*: dev\\.scopegate\\.export\\.ExportStopped[^\\n]*(\\R\\s+at [^\\n]*)+");

    private final Container container;
    private final Tokens tokens = Tokens.ofThisRun();
    private final Instant begin = Instant.now();
    private RunningServer server;
    private Duration start;
    private int green;

    RequestsContract(Container container) {
        this.container = container;
    }

    /** A container that this machine may lack: the class says that it is skipped, and why. */
    RequestsContract(Optional<Container> container) {
        this(container.orElse(null));
    }

    @BeforeAll
    void start() throws Exception {
        if (container == null)
            System.out.println(getClass().getSimpleName() + " is skipped: no JDK 25, see JAVA_HOME_25");
        assumeTrue(container != null, "no JDK 25 is installed beside this one, and JAVA_HOME_25 names none");
        Path folder = TestFiles.emptyFolder(container.name());
        server = RunningServer.start(container, folder, tokens.copyHome(folder));
        start = Duration.between(begin, Instant.now());
    }

    /** The container, which runs. */
    RunningServer server() {
        return server;
    }

    @TestFactory
    Stream<DynamicTest> every_row_is_answered_as_it_says() {
        List<Row> rows = Row.all();
        RowRunner runner = new RowRunner(server, tokens);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    runner.run(row);
                    green++;
                }));
    }

    @Test
    void the_engine_is_the_one_that_the_table_names() throws Exception {
        assumeTrue(HeapDump.isPossible(), "this JDK has no jcmd to ask which classes have objects");
        assertThat(server.get("/api/v1/me", tokens.get("data")).status()).isEqualTo(200);
        String objects = HeapDump.histogram(server);
        for (Engine engine : Engine.values()) {
            boolean expected =
                    engine.marker().equals(container.product().engine().marker());
            assertThat(objects.contains(" " + engine.marker()))
                    .as(engine.marker())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "csv"})
    void what_breaks_its_limit_on_its_way_is_seen_as_incomplete_by_every_client(String format) throws Exception {
        try (CutOff cutOff = new CutOff(server, tokens)) {
            cutOff.isSeenByTheJdk(format, HttpClient.Version.HTTP_1_1);
            cutOff.isSeenByCurl(format, true);
            cutOff.isSeenByCurl(format, true, "--compressed");
            cutOff.isSeenByCurl(format, false, "--http1.0");
            cutOff.isSeenByCurl(format, false, "--header", "Connection: close");
            if (!cutOff.isOverHttp2Too()) return;
            cutOff.isSeenByTheJdk(format, HttpClient.Version.HTTP_2);
            cutOff.isSeenByCurl(format, true, "--http2-prior-knowledge");
        }
    }

    @AfterAll
    void stops_when_asked_to_and_has_logged_no_stack_trace() throws IOException {
        if (server == null) return; // it did not start, which is told already
        server.close();
        ContainerRow.of(container, green, Row.all().size(), start, Duration.between(begin, Instant.now()))
                .write();
        String said = server.jvm().out() + server.jvm().err();
        assertThat(STOPPED.matcher(said).replaceAll("")).doesNotContainPattern("\tat (\\S*//)?dev\\.scopegate\\.");
        // full servers tell their own failures about odd requests so, and leaks of loaders that they look through the
        // WAR with
        if (!container.product().isFull()) {
            assertThat(CUT_OFF.matcher(said).replaceAll(""))
                    .doesNotContain("SEVERE")
                    .doesNotContain("memory leak");
        }
    }
}
