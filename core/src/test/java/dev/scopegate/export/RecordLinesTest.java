package dev.scopegate.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordLinesTest {
    private static final String ALPHABET = "aaaaaaaaaaaaaaaab,:#\t\u000b\u008a\u00ff\n\n\n\r\r\"";

    @ParameterizedTest
    @ValueSource(strings = {"data: 1\r\rdata: 2\r\r", "data: 1\r\n\r\ndata: 2\r\n\r\n", "data: 1\n\r\ndata: 2"})
    void eventsEndInEveryKindOfLineEnd(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(of("text/event-stream").count(bytes, 0, bytes.length)).isEqualTo(2);
    }

    private static RecordLines of(String mediaType) {
        return Objects.requireNonNull(RecordLines.of(mediaType));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "application/x-ndjson; {}~{}~; 2",
                "application/x-ndjson; {}~~~{}; 2",
                "application/x-ndjson; ''; 0",
                "application/x-ndjson; {\"a\":1}~{\"b\":2}; 2",
                "text/csv; id~1~2~; 2",
                "text/csv; id~; 0",
                "text/csv; id~\"a~b\"~c; 2",
                "text/csv; \"id~\"~1; 1",
                "text/event-stream; data: 1~~data: 2~~; 2",
                "text/event-stream; event: a~data: 1~data: 2~~~~data: 3; 2",
                "text/event-stream; : still there~~:~~; 0",
                "'text/event-stream;charset=UTF-8'; : first~data: 1~:~data: 2~~; 1"
            })
    void recordsAreLinesThatHoldSomething(String mediaType, String text, int records) {
        byte[] bytes = text.replace('~', '\n').getBytes(StandardCharsets.UTF_8);

        assertThat(of(mediaType).count(bytes, 0, bytes.length)).isEqualTo(records);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "text/csv", "text/csv;header=absent", "text/event-stream"})
    void howAWholeIsCutIntoBlocksDoesNotMatter(String mediaType) {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(400)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            }
            int whole = of(mediaType).count(bytes, 0, bytes.length);

            RecordLines lines = of(mediaType);
            int counted = 0;
            for (int from = 0; from < bytes.length; ) {
                int end = Math.min(bytes.length, from + 1 + random.nextInt(40));
                int before = lines.state();
                int once = lines.count(bytes, from, end);
                lines.restore(before);
                assertThat(lines.count(bytes, from, end)).as("counted again").isEqualTo(once);
                counted += once;
                from = end;
            }

            assertThat(counted).as("seed %d", seed).isEqualTo(whole).isEqualTo(oneByOne(mediaType, bytes));
        }
    }

    /** The blocks between empty lines that have a line which is no comment. */
    private static int events(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("\r\n?", "\n");
        int events = 0;
        for (String block : text.split("\n\n", -1)) {
            for (String line : block.split("\n", -1)) {
                if (line.isEmpty() || line.startsWith(":")) continue;
                events++;
                break;
            }
        }
        return events;
    }

    /** The same by the definition, a byte at a time. */
    private static int oneByOne(String mediaType, byte[] bytes) {
        if (mediaType.equals("text/event-stream")) return events(bytes);
        boolean csv = mediaType.startsWith("text/csv");
        boolean header = mediaType.equals("text/csv");
        boolean quoted = false;
        boolean begun = false;
        int records = 0;
        for (byte b : bytes) {
            if (!begun && (b == '\n' || b == '\r')) continue;
            if (!begun) {
                begun = true;
                if (!header) records++;
            }
            if (csv && b == '"') quoted = !quoted;
            if (b != '\n' || quoted) continue;
            begun = false;
            header = false;
        }
        return records;
    }
}
