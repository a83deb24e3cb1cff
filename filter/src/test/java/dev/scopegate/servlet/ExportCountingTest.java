package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportOutcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted of a limited response, by every way a servlet can write it, in each container. */
@ParameterizedClass
@EnumSource(ExportServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportCountingTest extends ExportContract {
    @Override
    void addServlets() {
        ExportServlets.addTo(this);
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
        assertThat(reply.header("date")).as("one date").doesNotContain("|");
        assertThat(bytes().used()).isZero();
        assertThat(bytes().leased()).isZero();
        assertThat(exports.outcomes).extracting(ExportOutcome::code).containsExactly("export_limit_exceeded");
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
    void whatCannotBeSettledDoesNotLeave() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 60_000);
        exports.ledger.answerOnly(1);

        assertThat(get("/stream?n=100").status()).isEqualTo(503);
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
}
