package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.ExportLimit;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.ExportOptions;
import dev.scopegate.export.ExportPolicy;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a response asks the ledger: once, and once more for each further MiB and each further thousand records. */
class ExportLeasesTest {
    private static final int MIB = 1 << 20;
    private static final long PLENTY = 1L << 40;

    private static final ExportFixture EXPORTS = new ExportFixture(ExportOptions.DEFAULT);
    private static final GuardedServer SERVER = new GuardedServer().limiting(EXPORTS.exports);

    @BeforeAll
    static void start() throws Exception {
        EXPORTS.policies.put(
                ExportFixture.RESOURCE,
                new ExportPolicy(
                        ExportPolicy.Mode.ENFORCE, List.of(), List.of(plenty(Unit.BYTES), plenty(Unit.RECORDS))));
        SERVER.serving("/lines", new ExportFixture.Limited(ExportLeasesTest::writeLines))
                .serving("/records", new ExportFixture.Limited(ExportLeasesTest::writeRecords))
                .start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static ExportLimit plenty(Unit unit) {
        return new ExportLimit(unit, Per.DAY, PLENTY, ExportLimit.Subject.TOKEN);
    }

    /** So many lines of that size, so many in each write. */
    private static void writeLines(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/x-ndjson");
        int each = number(request, "each");
        byte[] piece = line(request).repeat(each).getBytes(StandardCharsets.US_ASCII);
        ServletOutputStream out = response.getOutputStream();
        for (int left = number(request, "n"); left > 0; left -= each) out.write(piece);
    }

    /** The same, declared by the code. */
    private static void writeRecords(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ExportMeter meter = ExportMeter.current(request::getAttribute);
        int each = number(request, "each");
        byte[] piece = line(request).repeat(each).getBytes(StandardCharsets.US_ASCII);
        ServletOutputStream out = response.getOutputStream();
        for (int left = number(request, "n"); left > 0; left -= each) {
            meter.records(each);
            out.write(piece);
        }
    }

    private static String line(HttpServletRequest request) {
        return "x".repeat(number(request, "size") - 1) + "\n";
    }

    private static int number(HttpServletRequest request, String name) {
        return Integer.parseInt(request.getParameter(name));
    }

    @ParameterizedTest
    @CsvSource({
        // records, bytes of each, records in each write
        "1, 10, 1",
        "1000, 10, 1",
        "1000, 1048, 1",
        "1001, 10, 1",
        "2000, 10, 100",
        "30000, 10, 1",
        "29995, 10, 7",
        "30000, 10, 600",
        "20, 1048576, 1",
        "21, 700000, 1",
        "30000, 500, 1",
        "30000, 500, 16",
        "9600, 5000, 600",
    })
    void aResponseAsksOnceAndOnceMoreForEachFurtherMebibyteAndThousandRecords(int records, int size, int each)
            throws Exception {
        long length = (long) records * size;
        long most = 1 + further(length, MIB) + further(records, 1_000);
        for (String way : List.of("lines", "records")) {
            String path = "/app/" + way + "?n=" + records + "&size=" + size + "&each=" + each;
            assertThat(leases(path, true, length, records)).as(way).isBetween(1, (int) most);
            assertThat(leases(path, false, length, records))
                    .as(way + ", kept whole")
                    .isBetween(1, (int) most);
        }
    }

    /** The leases of one response, which leaves as it is written, or is kept whole since the connection ends with it. */
    private static int leases(String path, boolean streamed, long length, int records) throws Exception {
        String token = SERVER.token("public");
        EXPORTS.outcomes.clear();
        int before = EXPORTS.ledger.leases();

        assertThat(streamed ? stream(path, token) : SERVER.getAs(token, path).status())
                .isEqualTo(200);

        EXPORTS.awaitOutcomes(1);
        String id = SERVER.format.read(token).id();
        assertThat(EXPORTS.standing(id, Unit.BYTES, Per.DAY).used()).isEqualTo(length);
        assertThat(EXPORTS.standing(id, Unit.RECORDS, Per.DAY).used()).isEqualTo(records);
        return EXPORTS.ledger.leases() - before;
    }

    private static int stream(String path, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(SERVER.uri(path))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** How many more of a size something takes after the first one. */
    private static long further(long amount, int size) {
        return Math.max(0, (amount - 1) / size);
    }
}
