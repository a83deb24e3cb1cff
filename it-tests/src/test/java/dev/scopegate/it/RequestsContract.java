package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.rows.Row;
import dev.scopegate.it.rows.RowRunner;
import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.server.TestFiles;
import dev.scopegate.it.tokens.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every row of {@code requests.csv} in one container; a container is a subclass that names it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RequestsContract {
    private final Container container;
    private final Tokens tokens = Tokens.ofThisRun();
    private RunningServer server;

    RequestsContract(Container container) {
        this.container = container;
    }

    @BeforeAll
    void start() throws Exception {
        Path folder = TestFiles.emptyFolder(container.name());
        server = RunningServer.start(container, folder, tokens.copyHome(folder));
    }

    @TestFactory
    Stream<DynamicTest> every_row_is_answered_as_it_says() {
        List<Row> rows = Row.all();
        RowRunner runner = new RowRunner(server, tokens);
        return rows.stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> runner.run(row)));
    }

    @AfterAll
    void stops_when_asked_to_and_has_logged_no_stack_trace() {
        if (server == null) return; // it did not start, which is told already
        server.close();
        String said = server.jvm().out() + server.jvm().err();
        assertThat(said)
                .doesNotContainPattern("\tat (\\S*//)?dev\\.scopegate\\.")
                .doesNotContain("memory leak");
        if (!container.product().isFull()) assertThat(said).doesNotContain("SEVERE");
    }
}
