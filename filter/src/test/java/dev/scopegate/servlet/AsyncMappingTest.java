package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import jakarta.servlet.DispatcherType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dispatch that ends an asynchronous limited response has to reach the filter. */
class AsyncMappingTest {
    private final ExportFixture exports = new ExportFixture();

    @TempDir
    Path folder;

    private GuardedServer server(String dispatchers, boolean ours) throws Exception {
        GuardedServer server = new GuardedServer();
        String filterName = ours ? server.filter.getName() : "another";
        Path webInf = Files.createDirectories(folder.resolve("WEB-INF"));
        Files.writeString(webInf.resolve("web.xml"), """
                <!DOCTYPE web-app>
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  <filter-mapping>
                    <filter-name>%s</filter-name>
                    <url-pattern>/*</url-pattern>%s
                  </filter-mapping>
                </web-app>
                """.formatted(filterName, dispatchers));
        server.context.setBaseResource(ResourceFactory.of(server.context).newResource(folder));
        return server;
    }

    @ParameterizedTest
    @CsvSource({"''", "<dispatcher>REQUEST</dispatcher><dispatcher>ERROR</dispatcher>"})
    void aMappingWithoutItStopsTheStart(String dispatchers) throws Exception {
        try (GuardedServer server = server(dispatchers, true)) {
            server.limiting(exports.exports);
            assertThatThrownBy(server::start).hasStackTraceContaining("<dispatcher>ASYNC</dispatcher>");
        }
    }

    @ParameterizedTest
    @CsvSource({"<dispatcher>REQUEST</dispatcher><dispatcher> ASYNC </dispatcher>, true", "'', false"})
    void otherMappingsDoNot(String dispatchers, boolean ours) throws Exception {
        try (GuardedServer server = server(dispatchers, ours)) {
            assertThat(server.limiting(exports.exports).start().port()).isPositive();
        }
    }

    @Test
    void whereNothingIsLimitedItIsNotNeeded() throws Exception {
        try (GuardedServer server = server("", true)) {
            assertThat(server.start().port()).isPositive();
        }
    }

    @Test
    void aServletIsNotRunTwiceWhereCodeHasMappedTheFilterWithoutIt() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (GuardedServer server = new GuardedServer()) {
            exports.ledger.answerOnly(Integer.MAX_VALUE);
            exports.limit(Unit.BYTES, Per.DAY, 1_000);
            server.limiting(exports.exports);
            server.context.getServletHandler().setFilterMappings(null);
            FilterHolder mapped = new FilterHolder(new BearerTokenFilter());
            mapped.setAsyncSupported(true);
            server.context.addFilter(mapped, "/*", EnumSet.of(DispatcherType.REQUEST));
            server.serving("/later", new Completing(runs)).start();

            Reply reply = server.getAs(server.token("public"), "/app/later");

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body()).doesNotContain("secret");
            assertThat(runs).hasValue(1);
        }
    }

    /** Writes and completes in another thread. */
    @dev.scopegate.annotation.ExportLimited(ExportFixture.RESOURCE)
    static final class Completing extends jakarta.servlet.http.HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient AtomicInteger runs;

        Completing(AtomicInteger runs) {
            this.runs = runs;
        }

        @Override
        protected void doGet(
                jakarta.servlet.http.HttpServletRequest request, jakarta.servlet.http.HttpServletResponse response)
                throws java.io.IOException {
            runs.incrementAndGet();
            jakarta.servlet.AsyncContext async = request.startAsync();
            async.getResponse().getOutputStream().print("secret");
            async.complete();
        }
    }
}
