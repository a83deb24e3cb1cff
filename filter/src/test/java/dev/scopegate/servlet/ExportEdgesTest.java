package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.annotation.ExportLimited;
import dev.scopegate.export.ExportLimit;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportPolicy;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a limited response ends otherwise than by its last write, in each container and on both kinds of connections. */
@ParameterizedClass
@EnumSource(ExportServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportEdgesTest extends ExportContract {
    private static final String OTHER = "dataset:b";

    /** A second limited resource. */
    @ExportLimited(OTHER)
    static final class OtherLimited extends jakarta.servlet.http.HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(jakarta.servlet.http.HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            response.getOutputStream().write(new byte[Integer.parseInt(request.getParameter("n"))]);
        }
    }

    @Override
    void addServlets() {
        serve("/stream", (request, response) -> write(response, request.getParameter("n")));
        serve("/closing", (request, response) -> {
            try {
                write(response, request.getParameter("n"));
                response.getOutputStream().close();
            } catch (IOException swallowed) {
                assertThat(swallowed).hasMessage("unavailable");
            }
        });
        serve("/closingWriter", (request, response) -> {
            try (PrintWriter writer = response.getWriter()) {
                writer.write("x".repeat(Integer.parseInt(request.getParameter("n"))));
            }
        });
        serve("/resetBuffer", (request, response) -> {
            response.getWriter().write("SECRET");
            response.resetBuffer();
            response.getWriter().write("ok");
        });
        serve("/stale", (request, response) -> {
            response.getWriter().write("STALE");
            request.getRequestDispatcher("/late").forward(request, response);
        });
        serve("/late", (request, response) -> response.getWriter().write("target"));
        server.serving("/within", new Servlets.Doing((request, response) -> {
            response.setContentType("text/plain;charset=UTF-8");
            PrintWriter writer = response.getWriter();
            writer.write("\u00fc<");
            request.getRequestDispatcher("/umlauts").include(request, response);
            writer.write(">");
        }));
        serve(
                "/umlauts",
                (request, response) ->
                        response.getWriter().write("\u00fc".repeat(Integer.parseInt(request.getParameter("n")))));
        serve("/timeOut", (request, response) -> {
            request.startAsync().setTimeout(200);
            write(response, request.getParameter("n"));
        });
        serve("/listening", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.setTimeout(200);
            async.addListener(new CompletingAtTimeout());
            try {
                write(response, request.getParameter("n"));
            } catch (IOException swallowed) {
                assertThat(swallowed).hasMessage("export_limit_exceeded");
            }
        });
        serve("/notModified", (request, response) -> {
            response.setContentLength(5_000);
            response.setStatus(304);
        });
        serve("/trailers", (request, response) -> {
            try {
                response.setTrailerFields(() -> Map.of("X-Data", "secret"));
            } catch (IllegalStateException refused) {
                response.getOutputStream().print(refused.getMessage());
            }
        });
        serve("/sendfile", (request, response) -> {
            assertThat(request.getAttribute("org.apache.tomcat.sendfile.support"))
                    .isNull();
            try {
                request.setAttribute("org.apache.tomcat.sendfile.filename", "/etc/hostname");
            } catch (IllegalStateException refused) {
                response.getOutputStream().print(refused.getMessage());
            }
        });
        serve("/joining", (request, response) -> {
            write(response, "500");
            request.getRequestDispatcher("/other").include(request, response);
        });
        serve(
                "/handing-on",
                (request, response) -> request.getRequestDispatcher("/other").forward(request, response));
        server.serving("/other", new OtherLimited());
    }

    private static void write(HttpServletResponse response, String size) throws IOException {
        byte[] piece = "x".repeat(70).getBytes(StandardCharsets.US_ASCII);
        for (int left = Integer.parseInt(size); left > 0; left -= piece.length) {
            response.getOutputStream().write(piece, 0, Math.min(left, piece.length));
        }
    }

    /** Completes by the context that its event brings. */
    private static final class CompletingAtTimeout implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            assertThat(event.getSuppliedResponse()).isInstanceOf(LimitedResponse.class);
        }

        @Override
        public void onError(AsyncEvent event) {
            event.getAsyncContext().complete();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/closing?n=100", "/closingWriter?n=100", "/closingWriter?n=1"})
    void whatCannotBeSettledDoesNotLeaveThoughTheApplicationSwallowsThat(String path) throws Exception {
        exports.ledger.answerOnly(1);

        assertThat(get(path).code()).isEqualTo("unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/closing?n=300000", "/closingWriter?n=300000"})
    void whatIsOnItsWayAndCannotBeSettledIsNotWhole(String path) throws Exception {
        exports.limit(Unit.RECORDS, Per.DAY, 100_000_000);
        exports.ledger.answerOnly(1);

        Reply reply = get(path);

        if (keepsAlive) assertThat(reply.body()).doesNotEndWith("0\r\n\r\n");
        else assertThat(reply.code()).isEqualTo("unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/resetBuffer, ok", "/stale, target"})
    void charactersThatWereNotEncodedYetAreForgottenWithTheBuffer(String pathAndBody) throws Exception {
        String[] expected = pathAndBody.split(", ", -1);

        assertThat(get(expected[0]).body()).isEqualTo(expected[1]);
        assertThat(bytes().used()).isEqualTo(expected[1].length());
    }

    @Test
    void whatIsIncludedInUnlimitedTextIsCountedAlone() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 1_000);

        assertThat(get("/within?n=3").body())
                .isEqualTo("\u00fc<\u00fc\u00fc\u00fc\u00fc>".replaceFirst("\u00fc\u00fc", "\u00fc"));
        assertThat(bytes().used()).isEqualTo(7);
        assertThat(get("/within?n=600").code()).isEqualTo("export_limit_exceeded");
        assertThat(bytes().used()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 3_000})
    void whatIsHeldWhenTheTimeIsOverHasNotLeft(int size) throws Exception {
        Reply reply = get("/timeOut?n=" + size);

        if (keepsAlive && size > ExportFixture.HOLD) return; // its beginning has left
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).doesNotContain("xxx");
        exports.awaitOutcomes(1);
        assertThat(bytes().used()).isZero();
        assertThat(bytes().leased()).isZero();
        assertThat(spooled()).isEmpty();
    }

    private static List<String> spooled() {
        File[] files = Path.of(System.getProperty("java.io.tmpdir"))
                .toFile()
                .listFiles((folder, name) -> name.startsWith("scopegate-") && name.endsWith(".body"));
        return files == null
                ? List.of()
                : List.of(files).stream().map(File::getName).toList();
    }

    @Test
    void whatAListenerCompletesIsSettledAndWhole() throws Exception {
        Reply reply = get("/listening?n=500");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("x".repeat(500));
        assertThat(bytes().used()).isEqualTo(500);
    }

    @Test
    void whatBrokeItsLimitStaysBrokenWhateverAListenerCompletes() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 600);
        assertThat(get("/listening?n=601").code()).isEqualTo("export_limit_exceeded");
        assertThat(bytes().used()).isZero();

        exports.limit(Unit.BYTES, Per.DAY, 200_000);
        Reply reply = get("/listening?n=300000");
        if (keepsAlive) assertThat(reply.body()).doesNotEndWith("0\r\n\r\n");
        else assertThat(reply.code()).isEqualTo("export_limit_exceeded");
    }

    @Test
    void aLengthThatIsDeclaredForABodyNeverSentIsNotAskedFor() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 600);

        assertThat(get("/notModified").status()).isEqualTo(304);
        assertThat(bytes().used()).isZero();
        assertThat(bytes().leased()).isZero();
    }

    @Test
    void trailersAndFilesPastTheStreamAreRefused() throws Exception {
        assertThat(get("/trailers").body()).isEqualTo("a limited response has no trailers");
        assertThat(get("/sendfile").body()).isEqualTo("a limited response is not sent past its stream");
    }

    @Test
    void aClientThatGoesAwayIsChargedWhatWasSent() throws Exception {
        int received;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String request = "GET /app/stream?n=50000000 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token;
            socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            received = socket.getInputStream().readNBytes(100_000).length;
        }
        exports.awaitOutcomes(1);

        assertThat(bytes().used()).isBetween((long) received - 10_000, 49_999_999L);
        assertThat(bytes().leased()).isZero();
        assertThat(exports.outcomes)
                .singleElement()
                .satisfies(one -> assertThat(one.left().bytes()).isEqualTo(bytes().used()));
    }

    private void otherLetsOutThirtyBytes() {
        ExportLimit limit = new ExportLimit(Unit.BYTES, Per.TOTAL, 30, ExportLimit.Subject.TOKEN);
        exports.policies.put(OTHER, new ExportPolicy(ExportPolicy.Mode.ENFORCE, List.of(), List.of(limit)));
    }

    @Test
    void twoLimitedResourcesInOneResponseBothShowTheirLimits() throws Exception {
        otherLetsOutThirtyBytes();

        Reply both = get("/handing-on?n=20");

        assertThat(both.status()).isEqualTo(200);
        assertThat(both.headers().get("ratelimit")).contains("\"bytes-day-token\";r=", "\"bytes-total-token-2\";r=30");
    }

    @Test
    void twoLimitedResourcesInOneResponseBothLimitIt() throws Exception {
        otherLetsOutThirtyBytes();

        assertThat(get("/joining?n=20").status()).isEqualTo(200);
        assertThat(bytes().used()).isEqualTo(520);
        assertThat(exports.outcomes).extracting(one -> one.resource()).containsExactlyInAnyOrder("dataset:a", OTHER);
        assertThat(get("/joining?n=11").body()).contains("\"resource\":\"dataset:b\"");
        assertThat(bytes().used()).isEqualTo(520);
        assertThat(get("/joining?n=10").status()).isEqualTo(200);
    }
}
