package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportMeter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs that people use make of a limited response that is cut off in its middle: a browser, and curl over HTTP/2. */
@ParameterizedClass
@EnumSource(names = {"JETTY", "TOMCAT"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportClientsTest extends ExportContract {
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

    private volatile String page = "";

    @TempDir
    Path folder;

    @Override
    void addServlets() {
        serveFree("/free/page", (request, response) -> {
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter().write(page);
        });
        serve("/chunked", (request, response) -> write(request, response.getOutputStream()));
        serve("/declared", (request, response) -> {
            response.setContentLength(size(request));
            write(request, response.getOutputStream());
        });
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

    @BeforeEach
    void limitEachResponse() {
        exports.limit(Unit.RECORDS, Per.RESPONSE, MOST);
    }

    private String fetched(String path) throws Exception {
        page = PAGE.formatted(path, token);
        String shown = Programs.dom(server.uri("/app/free/page"), folder);
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
        if (servers.cutsOff(HttpClient.Version.HTTP_2)) {
            assertThat(cutOff).isEqualTo(new Programs.Curled(92, "2 200"));
            assertThat(Files.size(answer)).isLessThanOrEqualTo(MOST);
        } else { // it would end the stream as if nothing was missing, so the response is spooled
            assertThat(cutOff).isEqualTo(new Programs.Curled(0, "2 403"));
            assertThat(answer).content().contains("\"export_limit_exceeded\"").doesNotContain("xx");
        }

        assertThat(Programs.curl(server.uri("/app" + path + "?n=" + MOST), token, answer))
                .isEqualTo(new Programs.Curled(0, "2 200"));
        assertThat(Files.size(answer)).isEqualTo(MOST);
    }
}
