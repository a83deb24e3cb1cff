package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.ExportOutcome;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportStanding;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves of a limited response, by every way a servlet can write it; a container is a subclass that makes its server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExportLimitContract {
    private final ExportFixture exports = new ExportFixture();
    private final GuardedServer server;

    private String token = "";

    ExportLimitContract(GuardedServer server) {
        this.server = server.limiting(exports.exports);
    }

    /** Whether the container makes a response incomplete that fails in its middle. */
    boolean cutsOff(HttpClient.Version version) {
        return true;
    }

    @BeforeAll
    void start() throws Exception {
        serve("/stream", (request, response) -> write(request, response.getOutputStream()));
        serve("/writer", (request, response) -> {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().write("x".repeat(size(request)));
        });
        serve("/flushing", (request, response) -> {
            for (int i = 0; i < size(request); i++) {
                response.getOutputStream().write('x');
                response.flushBuffer();
            }
        });
        serve("/declared", (request, response) -> {
            response.setContentLength(size(request));
            write(request, response.getOutputStream());
        });
        serve("/stubborn", (request, response) -> {
            for (int i = 0; i < 3; i++) {
                try {
                    write(request, response.getOutputStream());
                    response.flushBuffer();
                } catch (IOException e) {
                    assertThat(e).hasMessage("export_limit_exceeded");
                }
            }
            response.getOutputStream().close();
        });
        serve("/closing", (request, response) -> {
            response.setHeader("Connection", "close");
            write(request, response.getOutputStream());
        });
        serve("/reset", (request, response) -> {
            write(request, response.getOutputStream());
            response.reset();
            response.getOutputStream().write(new byte[10]);
        });
        serve("/error", (request, response) -> {
            write(request, response.getOutputStream());
            response.sendError(418);
        });
        serve("/status", (request, response) -> {
            response.setStatus(400);
            write(request, response.getOutputStream());
        });
        serve("/failing", (request, response) -> {
            write(request, response.getOutputStream());
            throw new IllegalStateException("the application fails");
        });
        serve("/later", ExportLimitContract::writeLater);
        serve("/ready", ExportLimitContract::writeWhenReady);
        serve("/reserving", (request, response) -> {
            ExportMeter.current(request::getAttribute).reserve(size(request), 1);
            response.getOutputStream().write(new byte[] {'x', 'y'});
        });
        serve("/recording", (request, response) -> {
            ExportMeter meter = ExportMeter.current(request::getAttribute);
            for (int i = 0; i < size(request); i++) {
                meter.record();
                response.getOutputStream().write('x');
            }
        });
        serve("/counted", (request, response) -> {
            ExportMeter meter = ExportMeter.current(request::getAttribute);
            response.setContentLength(size(request));
            for (int i = 0; i < size(request); i++) {
                meter.record();
                response.getOutputStream().write('x');
            }
        });
        serve("/lines", (request, response) -> {
            response.setContentType(request.getParameter("type"));
            response.getOutputStream().print(request.getParameter("text"));
        });
        server.serving(
                "/forward",
                new Servlets.Doing((request, response) ->
                        request.getRequestDispatcher("/stream").forward(request, response)));
        server.serving("/include", new Servlets.Doing((request, response) -> {
            response.getWriter();
            request.getRequestDispatcher("/writer").include(request, response);
        }));
        server.serving("/free", new Servlets.Doing((request, response) -> write(request, response.getOutputStream())));
        server.start();
    }

    private void serve(String path, Servlets.Doing.Action action) {
        server.serving(path, new ExportFixture.Limited(action));
    }

    private static int size(HttpServletRequest request) {
        return Integer.parseInt(request.getParameter("n"));
    }

    private static void write(HttpServletRequest request, ServletOutputStream out) throws IOException {
        byte[] piece = new byte[70];
        Arrays.fill(piece, (byte) 'x');
        for (int left = size(request); left > 0; left -= piece.length)
            out.write(piece, 0, Math.min(left, piece.length));
    }

    private static void writeLater(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync();
        async.start(() -> {
            try {
                write(request, async.getResponse().getOutputStream());
            } catch (IOException e) {
                assertThat(e).hasMessage("export_limit_exceeded");
            } finally {
                async.complete();
            }
        });
    }

    private static void writeWhenReady(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext async = request.startAsync();
        ServletOutputStream out = response.getOutputStream();
        out.setWriteListener(new WriteListener() {
            private int left = size(request);

            @Override
            public void onWritePossible() {
                try {
                    while (left > 0 && out.isReady()) {
                        out.write(new byte[Math.min(left, 70)]);
                        left -= 70;
                    }
                    if (left <= 0) async.complete();
                } catch (IOException e) {
                    async.complete();
                }
            }

            @Override
            public void onError(Throwable t) {
                async.complete();
            }
        });
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void aFreshToken() {
        exports.ledger.answerOnly(Integer.MAX_VALUE);
        exports.outcomes.clear();
        token = server.token("public");
    }

    private Reply get(String path) throws IOException {
        return server.getAs(token, "/app" + path);
    }

    private ExportStanding bytes() {
        return exports.standing(server.format.read(token).id(), Unit.BYTES, Per.DAY);
    }

    private ExportStanding records() {
        return exports.standing(server.format.read(token).id(), Unit.RECORDS, Per.DAY);
    }

    /** What a client of the JDK gets of an answer on a connection that stays open. */
    private record Transfer(int status, long length, boolean whole) {}

    private Transfer fetch(String path) throws Exception {
        return fetch(HttpClient.Version.HTTP_1_1, path);
    }

    private Transfer fetch(HttpClient.Version version, String path) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        client.send(request("/free?n=1"), HttpResponse.BodyHandlers.discarding()); // the upgrade to HTTP/2 is over then
        HttpResponse<InputStream> response = client.send(request(path), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.version()).isEqualTo(version);
        long length = 0;
        try (InputStream body = response.body()) {
            while (body.read() >= 0) length++;
            return new Transfer(response.statusCode(), length, true);
        } catch (IOException cutOff) {
            return new Transfer(response.statusCode(), length, false);
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(server.uri("/app" + path))
                .header("Authorization", "Bearer " + token)
                .build();
    }

    private static boolean isWhole(Reply reply) {
        if (reply.headers().containsKey("content-length")) {
            return reply.body().length() == Integer.parseInt(reply.header("content-length"));
        }
        return reply.body().endsWith("0\r\n\r\n");
    }

    private static long data(Reply reply) {
        return reply.body().chars().filter(c -> c == 'x' || c == 0).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "writer", "flushing", "declared", "later", "ready", "forward", "include"})
    void whatIsWithinItsLimitLeavesWholeAndIsCounted(String path) throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 5_000);

        for (int size : new int[] {0, 1, 900, 4_099}) {
            Reply reply = get("/" + path + "?n=" + size);
            assertThat(reply.status()).as("%s %s", path, reply).isEqualTo(200);
            assertThat(isWhole(reply)).as("%s of %d is whole", path, size).isTrue();
            assertThat(data(reply)).isEqualTo(size);
        }
        assertThat(bytes().used()).isEqualTo(5_000);
        assertThat(bytes().leased()).isZero();
        assertThat(get("/" + path + "?n=0").code()).isEqualTo("export_limit_exceeded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"stream", "writer", "flushing", "declared", "later", "ready", "forward", "stubborn", "reserving"
            })
    void whatBreaksItsLimitWithinTheHoldIsRefusedAndUsesNothing(String path) throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 600);

        Reply reply = get("/" + path + "?n=601");

        assertThat(reply.status()).as("%s %s", path, reply).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("export_limit_exceeded");
        assertThat(reply.body())
                .contains("\"detail\":\"Not authorized")
                .contains(
                        "\"resource\":\"dataset:a\",\"limit\":\"bytes\",\"per\":\"day\",\"max\":600,\"used\":0,\"requested\":601")
                .contains("\"resets_at\":\"20");
        assertThat(reply.header("content-length"))
                .isEqualTo(String.valueOf(reply.body().length()));
        assertThat(reply.header("retry-after")).isEqualTo("(none)");
        assertThat(bytes().used()).isZero();
        assertThat(bytes().leased()).isZero();
        assertThat(exports.outcomes).extracting(ExportOutcome::code).containsExactly("export_limit_exceeded");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_1_1, stream",
        "HTTP_1_1, writer",
        "HTTP_1_1, flushing",
        "HTTP_1_1, later",
        "HTTP_1_1, ready",
        "HTTP_1_1, forward",
        "HTTP_1_1, stubborn",
        "HTTP_1_1, closing",
        "HTTP_2, stream",
        "HTTP_2, writer",
        "HTTP_2, flushing",
        "HTTP_2, later",
        "HTTP_2, ready",
        "HTTP_2, forward",
        "HTTP_2, stubborn"
    })
    void whatBreaksItsLimitLaterIsCutOffAtTheLastByteThatIsAllowed(HttpClient.Version version, String path)
            throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 200_000);

        Transfer transfer = fetch(version, "/" + path + "?n=300000");
        if (!cutsOff(version)) {
            assertThat(transfer.status()).isEqualTo(403);
            assertThat(bytes().used()).isZero();
            return;
        }

        assertThat(transfer.status()).isEqualTo(200);
        assertThat(transfer.whole()).as("%s is whole", path).isFalse();
        assertThat(transfer.length()).isLessThanOrEqualTo(200_000);
        assertThat(bytes().used()).isBetween(transfer.length(), 200_000L);
        assertThat(bytes().leased()).isZero();
        assertThat(fetch(version, "/" + path + "?n=1").status()).isIn(200, 403);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void whatWasDeclaredLongerThanItMayBecomeIsCutOff(HttpClient.Version version) throws Exception {
        exports.limit(Unit.RECORDS, Per.DAY, 200_000);

        Transfer transfer = fetch(version, "/counted?n=300000");
        if (!cutsOff(version)) {
            assertThat(transfer.status()).isEqualTo(403);
            assertThat(records().used()).isZero();
            return;
        }

        assertThat(transfer.status()).isEqualTo(200);
        assertThat(transfer.whole()).isFalse();
        assertThat(transfer.length()).isLessThanOrEqualTo(200_000);
        assertThat(records().used()).isBetween(transfer.length(), 200_000L);
    }

    @Test
    void whatIsRefusedSaysWhenTheLimitRenews() throws Exception {
        exports.limit(Unit.BYTES, Per.HOUR, 600);
        assertThat(get("/stream?n=500").status()).isEqualTo(200);

        Reply reply = get("/stream?n=200");

        assertThat(reply.code()).isEqualTo("export_limit_exceeded");
        assertThat(reply.body()).contains("\"used\":500,\"requested\":101");
        assertThat(Integer.parseInt(reply.header("retry-after"))).isBetween(1, 3_600);
    }

    @Test
    void aLimitPerResponseLetsTheNextOnePass() throws Exception {
        exports.limit(Unit.BYTES, Per.RESPONSE, 600);

        assertThat(get("/stream?n=601").code()).isEqualTo("export_limit_exceeded");
        Reply reply = get("/stream?n=600");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("ratelimit-policy")).isEqualTo("\"bytes-response\";q=600;qu=\"content-bytes\"");
        assertThat(reply.header("ratelimit")).isEqualTo("(none)");
    }

    @Test
    void limitedResponsesTellTheirLimitsAsTheyStoodBefore() throws Exception {
        exports.limit(Unit.BYTES, Per.HOUR, 600);
        get("/stream?n=500");

        Reply reply = get("/stream?n=1");

        assertThat(reply.header("ratelimit-policy"))
                .isEqualTo("\"bytes-hour-token\";q=600;qu=\"content-bytes\";w=3600");
        assertThat(reply.header("ratelimit")).matches("\"bytes-hour-token\";r=100;t=\\d+");
    }

    @Test
    void headCountsNothingAndIsRefusedWhenGetWouldBe() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 600);

        Reply reply = server.send("HEAD", "/app/stream?n=500", "Authorization: Bearer " + token);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(bytes().used()).isZero();
        assertThat(server.send("HEAD", "/app/declared?n=601", "Authorization: Bearer " + token)
                        .status())
                .isEqualTo(403);
        get("/stream?n=600");
        Reply refused = server.send("HEAD", "/app/stream?n=1", "Authorization: Bearer " + token);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/error?n=500", "/status?n=500", "/failing?n=500"})
    void anErrorsAnswerIsNoData(String path) throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 600);

        assertThat(get(path).status()).isIn(400, 418, 500);

        assertThat(bytes().used()).isZero();
        assertThat(bytes().leased()).isZero();
    }

    @Test
    void whatWasResetHasNotLeft() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 600);

        Reply reply = get("/reset?n=500");

        assertThat(data(reply)).isEqualTo(10);
        assertThat(bytes().used()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void withoutTheLedgerNotOneByteLeavesThatItWasNotAskedFor(int answers) throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 60_000);
        exports.ledger.answerOnly(answers);

        Reply reply = get("/stream?n=4000");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("retry-after")).isEqualTo("5");
        assertThat(reply.code()).isEqualTo("unavailable");
    }

    @Test
    void aLedgerThatDiesInTheMiddleCutsTheAnswerOff() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 1_000_000);
        exports.ledger.answerOnly(200);

        Transfer transfer = fetch("/stream?n=300000");

        assertThat(transfer.whole()).isFalse();
        assertThat(transfer.length()).isLessThan(300_000);
    }

    @Test
    void whatCannotBeSettledDoesNotLeave() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 60_000);
        exports.ledger.answerOnly(1);

        assertThat(get("/stream?n=100").status()).isEqualTo(503);
    }

    @Test
    void aResourceWithoutAPolicyLetsNothingOut() throws Exception {
        exports.policies.remove(ExportFixture.RESOURCE);

        Reply reply = get("/stream?n=1");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("permission_denied");
    }

    @Test
    void aPolicyThatLimitsNothingLetsEverythingOut() throws Exception {
        exports.policies.put(ExportFixture.RESOURCE, ExportPolicy.UNLIMITED);

        Reply reply = get("/stream?n=100000");

        assertThat(data(reply)).isEqualTo(100_000);
        assertThat(isWhole(reply)).isTrue();
        assertThat(reply.header("ratelimit-policy")).isEqualTo("(none)");
        assertThat(exports.outcomes).singleElement().satisfies(one -> {
            assertThat(one.left().bytes()).isEqualTo(100_000);
            assertThat(one.code()).isNull();
        });
    }

    @Test
    void dataLeavesOnlyToThePolicysNetworks() throws Exception {
        exports.networks("192.0.2.0/24");
        Reply refused = get("/stream?n=1");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("export_ip_not_allowed");
        assertThat(refused.body())
                .contains("{\"resource\":\"dataset:a\",\"limit\":\"ip\",\"client_ip\":\"127.0.0.1\"}");

        exports.networks("192.0.2.0/24", "127.0.0.0/8");
        assertThat(get("/stream?n=1").status()).isEqualTo(200);
    }

    @Test
    void whatIsOnlyObservedPassesAndIsTold() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 600);
        ExportPolicy enforced = exports.policies.find(ExportFixture.RESOURCE);
        exports.policies.put(
                ExportFixture.RESOURCE,
                new ExportPolicy(ExportPolicy.Mode.OBSERVE, enforced.networks(), enforced.limits()));

        Reply reply = get("/stream?n=2000");

        assertThat(data(reply)).isEqualTo(2_000);
        assertThat(isWhole(reply)).isTrue();
        assertThat(bytes().used()).isEqualTo(2_000);
        assertThat(exports.outcomes).extracting(ExportOutcome::code).containsExactly("export_limit_exceeded");
    }

    @Test
    void recordsThatTheCodeDeclaresAreCounted() throws Exception {
        exports.limit(Unit.RECORDS, Per.DAY, 25);

        assertThat(data(get("/recording?n=20"))).isEqualTo(20);
        Reply refused = get("/recording?n=6");

        assertThat(refused.code()).isEqualTo("export_limit_exceeded");
        assertThat(refused.body()).contains("\"limit\":\"records\"").contains("\"used\":20,\"requested\":6");
        assertThat(records().used()).isEqualTo(20);
        assertThat(data(get("/recording?n=5"))).isEqualTo(5);
    }

    @Test
    void linesOfNdjsonAndCsvAreRecords() throws Exception {
        exports.limit(Unit.RECORDS, Per.DAY, 4);

        assertThat(lines("application/x-ndjson", "%7B%7D%0A%7B%7D%0A").status()).isEqualTo(200);
        assertThat(records().used()).isEqualTo(2);
        assertThat(lines("text/csv", "h%0D%0A%22a%0Ab%22,x%0D%0A").status()).isEqualTo(200);
        assertThat(records().used()).isEqualTo(3);
        assertThat(lines("text/csv;header=absent", "1%0A2%0A").code()).isEqualTo("export_limit_exceeded");
        assertThat(lines("text/plain", "1%0A2%0A").status()).isEqualTo(200);
        assertThat(lines("text/csv;header=absent", "1").status()).isEqualTo(200);
        assertThat(records().used()).isEqualTo(4);
    }

    private Reply lines(String type, String text) throws IOException {
        return get("/lines?type=" + type + "&text=" + text);
    }

    @Test
    void http10HasNoWayToShowThatSomethingIsMissingSoItIsRefused() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 2_000);

        Reply reply = server.sendRaw("GET /app/stream?n=2001 HTTP/1.0\r\nAuthorization: Bearer " + token + "\r\n\r\n");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(bytes().used()).isZero();
        Reply whole = server.sendRaw("GET /app/stream?n=2000 HTTP/1.0\r\nAuthorization: Bearer " + token + "\r\n\r\n");
        assertThat(data(whole)).isEqualTo(2_000);
        assertThat(whole.header("content-length")).isEqualTo("2000");
    }

    @Test
    void otherServletsAreNotLimited() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 0);

        assertThat(data(get("/free?n=3000"))).isEqualTo(3_000);
        assertThat(get("/stream?n=0").status()).isEqualTo(403);
    }
}
