package dev.scopegate.it.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.it.http.RawResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of the column {@code checks}. */
final class Check {
    private static final Pattern JSON = Pattern.compile("json (/\\S*|the body) (=|~|size|keys) (.*)");
    private static final Pattern HEADER = Pattern.compile("header ([\\w-]+): (.*)");

    private Check() {}

    /** Holds the response against the line; {@code earlier} are the responses to the rows before, by name. */
    static void run(String line, RawResponse response, Map<String, RawResponse> earlier) {
        Matcher json = JSON.matcher(line);
        Matcher header = HEADER.matcher(line);
        if (json.matches()) {
            json(json.group(1), json.group(2), json.group(3), response);
        } else if (header.matches()) {
            assertThat(response.header(header.group(1)))
                    .as(header.group(1))
                    .isNotNull()
                    .matches(header.group(2));
        } else {
            int blank = line.indexOf(' ');
            String word = blank < 0 ? line : line.substring(0, blank);
            simple(word, line.substring(blank + 1), response, earlier);
        }
    }

    private static void simple(String word, String rest, RawResponse response, Map<String, RawResponse> earlier) {
        switch (word) {
            case "without" -> assertThat(response.all(rest)).as(rest).isEmpty();
            case "contains" -> assertThat(response.text()).contains(Json.unquoted(rest));
            case "lacks" -> assertThat(response.text()).doesNotContain(Json.unquoted(rest));
            case "begins" -> assertThat(response.text()).startsWith(Json.unquoted(rest));
            case "lines" -> assertThat(response.text().lines()).hasSize(Integer.parseInt(rest));
            case "head" ->
                assertThat(rest).as("is for RowRunner, which sends the HEAD").isEqualTo("200");
            case "empty" -> assertThat(response.length()).as("length").isZero();
            case "like" -> same(response, earlier.get(rest), rest);
            default -> throw new IllegalArgumentException("no check: " + word + ' ' + rest);
        }
    }

    /** The same status, header lines (but the date) and bytes, so that nobody can tell the two apart. */
    private static void same(RawResponse response, RawResponse other, String name) {
        assertThat(other).as("an earlier row named '" + name + "'").isNotNull();
        assertThat(undated(response)).isEqualTo(undated(other));
    }

    private static String undated(RawResponse response) {
        return response.toString().replaceAll("(?mi)^Date: .*\n", "");
    }

    private static void json(String pointer, String operator, String operand, RawResponse response) {
        JsonNode document = Json.read(response.text());
        JsonNode value = pointer.equals("the body") ? document : document.at(pointer);
        assertThat(value.isMissingNode())
                .as(pointer + " is missing in " + document)
                .isFalse();
        switch (operator) {
            case "=" -> assertThat(value).as(pointer).isEqualTo(Json.read(Json.unquoted(operand)));
            case "~" -> assertThat(value.asText()).as(pointer).matches(operand);
            case "keys" ->
                assertThat(value.fieldNames())
                        .toIterable()
                        .as("keys of " + pointer)
                        .containsExactlyInAnyOrder(operand.split(" ", -1));
            default -> assertThat(value.size()).as("size of " + pointer).isEqualTo(Integer.parseInt(operand));
        }
    }
}
