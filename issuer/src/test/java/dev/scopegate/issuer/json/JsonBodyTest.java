package dev.scopegate.issuer.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {
    /** Reads a body whose fields are {@code name} (text), {@code count} (1 to 9), {@code parts} of {@code id}s. */
    private static String refusal(MediaType type, byte[] body) throws IOException {
        try {
            FieldErrors errors = new FieldErrors();
            Fields fields = JsonBody.read(new ByteArrayInputStream(body), type).fields(errors);
            fields.text("name");
            fields.number("count", 1, 1, 9);
            for (Fields part : fields.optionalObjects("parts")) {
                part.object("in").text("id");
                part.noOthers();
            }
            fields.noOthers();
            errors.check();
            return "ok";
        } catch (AccessDenied e) {
            return e.problem().status() + " " + describe(e.problem());
        }
    }

    private static String describe(Problem problem) {
        return problem.errors().stream()
                .map(one -> one.code() + (one.attr() == null ? "" : "@" + one.attr()))
                .collect(Collectors.joining(" "));
    }

    private static String refusal(String body) throws IOException {
        return refusal(MediaType.APPLICATION_JSON_TYPE, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"name\":\"x\"} | ok",
                "{\"name\":\"x\",\"count\":9,\"parts\":[{\"in\":{\"id\":\"1\"}}]} | ok",
                "'' | 400 parse_error",
                "{ | 400 parse_error",
                "{\"name\":\"x\"} {} | 400 parse_error",
                "{\"name\":\"x\",\"name\":\"x\"} | 400 parse_error",
                "{\"parts\":[{\"a\":1,\"a\":2}]} | 400 parse_error",
                "{name:1} | 400 parse_error",
                "[] | 400 invalid_type",
                "null | 400 invalid_type",
                "\"x\" | 400 invalid_type",
                "{} | 400 required@name",
                "{\"name\":null} | 400 invalid_type@name",
                "{\"name\":1} | 400 invalid_type@name",
                "{\"name\":\"x\",\"count\":\"1\"} | 400 invalid_type@count",
                "{\"name\":\"x\",\"count\":1.0} | 400 invalid_type@count",
                "{\"name\":\"x\",\"count\":10} | 400 invalid@count",
                "{\"name\":\"x\",\"count\":99999999999999999999} | 400 invalid@count",
                "{\"name\":\"x\",\"parts\":{}} | 400 invalid_type@parts",
                "{\"name\":\"x\",\"parts\":[1,{}]} | 400 invalid_type@parts.0 required@parts.1.in",
                "{\"name\":\"x\",\"parts\":[{\"in\":{},\"b\":1}]} | 400 required@parts.0.in.id unknown_field@parts.0.b",
                "{\"other\":1,\"more\":2} | 400 required@name unknown_field@other unknown_field@more",
            })
    void a_body_is_read_strictly_and_told_all_that_is_wrong(String body, String expected) throws IOException {
        assertThat(refusal(body)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, ok",
        "application/json;charset=utf-8, ok",
        "APPLICATION/JSON, ok",
        "text/json, 415 unsupported_media_type",
        "application/x-www-form-urlencoded, 415 unsupported_media_type",
        "application/merge-patch+json, 415 unsupported_media_type",
    })
    void only_json_is_read(String type, String expected) throws IOException {
        byte[] body = "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(refusal(MediaType.valueOf(type), body)).isEqualTo(expected);
        assertThat(refusal(null, body)).isEqualTo("415 unsupported_media_type");
    }

    @Test
    void a_body_of_64_kib_is_read_and_one_byte_more_is_not() throws IOException {
        String start = "{\"name\":\"";
        int rest = JsonBody.MAX_BYTES - start.length() - 2;

        assertThat(refusal(start + "x".repeat(rest) + "\"}")).isEqualTo("ok");
        assertThat(refusal(start + "x".repeat(rest + 1) + "\"}")).isEqualTo("413 payload_too_large");
    }

    @Test
    void deep_nesting_and_bytes_that_are_no_utf_8_are_a_parse_error() throws IOException {
        assertThat(refusal("[".repeat(60_000))).isEqualTo("400 parse_error");
        assertThat(refusal(MediaType.APPLICATION_JSON_TYPE, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
                .isEqualTo("400 parse_error");
    }
}
