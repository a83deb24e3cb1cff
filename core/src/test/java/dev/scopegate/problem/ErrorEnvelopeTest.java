package dev.scopegate.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.scopegate.scope.ScopeSet;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorEnvelopeTest {
    private static String json(Problem problem) {
        return new String(ErrorEnvelope.of(problem), StandardCharsets.UTF_8);
    }

    @Test
    void theEnvelopeOfAnInvalidTokenIsExactlyThis() {
        assertThat(json(Problem.invalidToken()))
                .isEqualTo("{\"type\":\"client_error\",\"errors\":[{\"code\":\"invalid_token\","
                        + "\"detail\":\"The provided token is expired or invalid.\",\"attr\":null,\"extra\":null}]}");
    }

    @Test
    void theEnvelopeOfATooSmallScopeNamesWhatWasNeededAndWhatIsThere() {
        assertThat(json(Problem.insufficientScope(List.of("data.data", "data.edit"), ScopeSet.of("public"))))
                .isEqualTo("{\"type\":\"client_error\",\"errors\":[{\"code\":\"insufficient_scope\","
                        + "\"detail\":\"The token lacks a scope that this request needs.\",\"attr\":null,"
                        + "\"extra\":{\"required\":[\"data.data\",\"data.edit\"],\"granted\":[\"public\"]}}]}");
    }

    @Test
    void theEnvelopeOfSeveralWrongFieldsListsThemInOrder() {
        Problem problem = Problem.validation(List.of(
                new Problem.Item("required", "This field is required.", "name", null),
                new Problem.Item("invalid", "Not a network.", "allowed_networks.0", Map.of("max", 5))));

        assertThat(json(problem))
                .isEqualTo("{\"type\":\"validation_error\",\"errors\":["
                        + "{\"code\":\"required\",\"detail\":\"This field is required.\",\"attr\":\"name\",\"extra\":null},"
                        + "{\"code\":\"invalid\",\"detail\":\"Not a network.\",\"attr\":\"allowed_networks.0\","
                        + "\"extra\":{\"max\":5}}]}");
    }

    @Test
    void everyRefusalHasAllFourKeysInThatOrderAndASentence() throws Exception {
        List<Problem> all = new ArrayList<>(List.of(
                Problem.notAuthenticated(),
                Problem.invalidToken(),
                Problem.invalidRequest(),
                Problem.insufficientScope(List.of("a"), ScopeSet.of()),
                Problem.resourceNotAllowed(),
                Problem.ipNotAllowed(),
                Problem.permissionDenied(),
                Problem.badRequest(),
                Problem.notFound(),
                Problem.unavailable(5)));
        for (int status = 400; status < 600; status++) all.add(Problem.ofStatus(status));
        for (Problem problem : all) {
            JsonNode root = new ObjectMapper().readTree(ErrorEnvelope.of(problem));
            assertThat(root.fieldNames()).toIterable().containsExactly("type", "errors");
            for (JsonNode error : root.path("errors")) {
                assertThat(error.fieldNames()).toIterable().containsExactly("code", "detail", "attr", "extra");
                assertThat(error.path("code").textValue()).matches("[a-z_]+");
                assertThat(error.path("detail").textValue()).endsWith(".");
            }
            assertThat(root.path("type").textValue())
                    .isEqualTo(problem.status() < 500 ? "client_error" : "server_error");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400,bad_request",
        "401,not_authenticated",
        "403,permission_denied",
        "404,not_found",
        "405,method_not_allowed",
        "406,not_acceptable",
        "409,conflict",
        "413,payload_too_large",
        "415,unsupported_media_type",
        "418,client_error",
        "429,throttled",
        "500,error",
        "502,error",
        "503,unavailable",
    })
    void aStatusThatOtherCodeChoseHasItsCode(int status, String code) {
        assertThat(Problem.ofStatus(status).status()).isEqualTo(status);
        assertThat(Problem.ofStatus(status).code()).isEqualTo(code);
    }

    @Test
    void textInAnEnvelopeIsEscaped() throws Exception {
        String text = "\"}],\"x\":[{\u2028\0\\ 😀é";

        byte[] body = ErrorEnvelope.of(Problem.of(400, "x", text));

        assertThat(new ObjectMapper().readTree(body).at("/errors/0/detail").textValue())
                .isEqualTo(text);
    }

    @Test
    void anExtraOfWhateverTypeIsWrittenAsJacksonWritesIt() throws Exception {
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("text", "é");
        extra.put("number", 7);
        extra.put("large", 1L << 40);
        extra.put("fraction", new BigDecimal("1.50"));
        extra.put("is", true);
        extra.put("none", null);
        extra.put("list", Arrays.asList("a", null, List.of(1), Map.of("b", 2)));
        extra.put("array", new int[] {1, 2});
        extra.put("enum", TimeUnit.DAYS);
        Problem.Item item = new Problem.Item("x", "y", null, extra);

        String body = json(new Problem(400, Problem.Type.CLIENT_ERROR, List.of(item), null, null));

        assertThat(body).contains("\"extra\":" + new ObjectMapper().writeValueAsString(extra) + "}]}");
    }

    @Test
    void aValidationErrorNamesAtLeastOneField() {
        assertThatThrownBy(() -> Problem.validation(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatCannotBeToldNowIsFiveHundredAndThreeWithARetry() {
        Problem problem = new Unavailable("the store is down", null).problem();

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.retryAfterSeconds()).isEqualTo(5);
        assertThat(new Unavailable("x", null, 9).problem().retryAfterSeconds()).isEqualTo(9);
        assertThat(json(problem))
                .contains("\"server_error\"", "\"unavailable\"")
                .doesNotContain("the store");
    }

    @Test
    void refusalsCarryNoStackTrace() {
        assertThat(new AccessDenied(Problem.invalidToken()).getStackTrace()).isEmpty();
        assertThat(new Unavailable("x", null).getStackTrace()).isEmpty();
        assertThat(new AccessDenied(Problem.invalidToken())).hasMessage("invalid_token");
    }
}
