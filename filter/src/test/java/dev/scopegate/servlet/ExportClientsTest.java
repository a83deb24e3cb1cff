package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportMeter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs that people use make of a limited response that is cut off in its middle: a browser, and curl over HTTP/2. */
@ParameterizedClass
@EnumSource(names = {"JETTY", "TOMCAT"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportClientsTest {
    private static final int MOST = 200_000;

    /** Fetches what the browser is to read, and becomes what has become of it. */
    private static final String PAGE = """
            <!doctype html><title>page</title><body>nothing yet<script>
            fetch('/app%s', {headers: {Authorization: 'Bearer %s'}})
                .then(answer => answer.text().then(
                    text => answer.status + ' whole ' + text.length,
                    () => answer.status + ' rejected'))
                .catch(() => 'no answer')
                .then(became => document.body.textContent = became);
            </script>
            """;

    private final ExportFixture exports = new ExportFixture();
    private GuardedServer server;
    private String token = "";
    private volatile String page = "";

    @Parameter
    ExportServers servers;

    @TempDir
    Path folder;

    @BeforeParameterizedClassInvocation
    void start() throws Exception {
        server = servers.make().limiting(exports.exports).rules("GET /page permit");
        server.serving("/page", new Servlets.Doing((request, response) -> {
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter().write(page);
        }));
        server.serving(
                "/chunked",
                new ExportFixture.Limited((request, response) -> write(request, response.getOutputStream())));
        server.serving("/declared", new ExportFixture.Limited((request, response) -> {
            response.setContentLength(size(request));
            write(request, response.getOutputStream());
        }));
        server.start();
    }

    private static int size(HttpServletRequest request) {
        return Integer.parseInt(request.getParameter("n"));
    }

    private static void write(HttpServletRequest request, ServletOutputStream out) throws IOException {
        ExportMeter meter = ExportMeter.current(request::getAttribute);
        for (int i = size(request); i > 0; i--) {
            meter.record();
            out.write('x');
        }
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    @BeforeEach
    void aFreshToken() {
        exports.ledger.answerOnly(Integer.MAX_VALUE);
        exports.limit(Unit.RECORDS, Per.RESPONSE, MOST);
        token = server.token("public");
    }

    private String fetched(String path) throws Exception {
        page = PAGE.formatted(path, token);
        String shown = Programs.dom(server.uri("/app/page"), folder);
        return shown.replaceAll("(?s).*<body>|</body>.*", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chunked", "/declared"})
    void aBrowsersFetchRejectsWhatIsCutOffAndResolvesWhatIsWhole(String path) throws Exception {
        Programs.assumeBrowser();

        assertThat(fetched(path + "?n=300000")).isEqualTo("200 rejected");
        assertThat(fetched(path + "?n=" + MOST)).isEqualTo("200 whole " + MOST);
    }

    @Test
    void aBrowsersFetchReadsARefusalToItsEnd() throws Exception {
        Programs.assumeBrowser();
        exports.limit(Unit.BYTES, Per.RESPONSE, MOST);

        assertThat(fetched("/declared?n=300000")).startsWith("403 whole ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chunked", "/declared"})
    void curlOverHttp2FailsOnWhatIsCutOffAndNotOnWhatIsWhole(String path) throws Exception {
        Programs.assumeCurlWithHttp2();

        Path answer = folder.resolve("answer");
        Programs.Curled cutOff = Programs.curl(server.uri("/app" + path + "?n=300000"), token, answer);
        if (servers == ExportServers.JETTY) {
            assertThat(cutOff).isEqualTo(new Programs.Curled(92, "2 200"));
            assertThat(Files.size(answer)).isLessThanOrEqualTo(MOST);
        } else { // Tomcat can't be made to reset one stream, so the response is spooled
            assertThat(cutOff).isEqualTo(new Programs.Curled(0, "2 403"));
            assertThat(answer).content().contains("\"export_limit_exceeded\"").doesNotContain("xx");
        }

        assertThat(Programs.curl(server.uri("/app" + path + "?n=" + MOST), token, answer))
                .isEqualTo(new Programs.Curled(0, "2 200"));
        assertThat(Files.size(answer)).isEqualTo(MOST);
    }
}
