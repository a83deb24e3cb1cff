package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A limited response whose beginning is on its way when it breaks its limit, in each container. */
@ParameterizedClass
@EnumSource(ExportServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportCutOffTest extends ExportContract {
    @Override
    void addServlets() {
        ExportServlets.addTo(this);
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
        if (!servers.cutsOff(version)) {
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
        if (!servers.cutsOff(version)) {
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
    void aLedgerThatDiesInTheMiddleCutsTheAnswerOff() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 1_000_000);
        exports.ledger.answerOnly(200);

        Transfer transfer = fetch("/stream?n=300000");

        assertThat(transfer.whole()).isFalse();
        assertThat(transfer.length()).isLessThan(300_000);
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
}
