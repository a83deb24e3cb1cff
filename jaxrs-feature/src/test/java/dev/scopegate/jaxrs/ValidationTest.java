package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {
    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(Mint.class, JacksonFeature.class);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"a\",\"scopes\":[\"public\"]}    | ok",
                "{\"scopes\":[\"public\"]}                   | name not_blank",
                "{\"name\":\"a\"}                            | scopes not_null",
                "{\"name\":\"a\",\"scopes\":[\" \",\"b\",\"\"]} | scopes.0 not_blank, scopes.2 not_blank",
                "{\"name\":\" \",\"scopes\":[\"\"]}          | name not_blank, scopes.0 not_blank",
                "{\"name\":\"a\",\"scopes\":[],\"parts\":[{\"name\":\"b\",\"scopes\":[]},{\"scopes\":[]}]}"
                        + " | parts.1.name not_blank"
            })
    void everyFieldThatIsWrongIsNamed(String body, String expected) {
        Reply reply = SERVER.sendAs(
                Front.NONE, SERVER.tokens.mint("public"), "POST", "/mint", body, "Content-Type: application/json");
        if (expected.equals("ok")) assertThat(reply).hasToString("200 ok");
        else assertThat(errors(reply)).isEqualTo(expected);
    }

    @Test
    void aParameterIsNamedToo() {
        String token = SERVER.tokens.mint("public");
        assertThat(errors(SERVER.getAs(Front.NONE, token, "/mint?limit=11&q=abcd")))
                .isEqualTo("limit max, q size");
        assertThat(SERVER.getAs(Front.NONE, token, "/mint?limit=10&q=a")).hasToString("200 fine");
    }

    @Test
    void aWrongReturnValueIsTheServersFault() {
        try (Logged logged = new Logged()) {
            assertThat(SERVER.getAs(Front.NONE, SERVER.tokens.mint("public"), "/mint?limit=10"))
                    .hasToString("500 error");
            assertThat(logged.warnings()).hasSize(1);
        }
    }

    @Test
    void strangersLearnNothingOfTheRules() {
        assertThat(SERVER.get(Front.NONE, "/mint?limit=11")).hasToString("401 not_authenticated");
    }

    private static String errors(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.isEnvelope()).isTrue();
        assertThat(reply.json().path("type").textValue()).isEqualTo("validation_error");
        List<String> found = new ArrayList<>();
        for (JsonNode error : reply.json().path("errors")) {
            found.add(error.path("attr").textValue() + " " + error.path("code").textValue());
        }
        return String.join(", ", found);
    }

    /** What is minted. */
    public record Wanted(@NotBlank String name, @NotNull List<@NotBlank String> scopes, List<@Valid Wanted> parts) {}

    @Path("mint")
    public static class Mint {
        @POST
        @Consumes(MediaType.APPLICATION_JSON)
        public String mint(@Valid @NotNull Wanted wanted) {
            return "ok";
        }

        @GET
        @NotNull public String list(@Max(10) @QueryParam("limit") int limit, @Size(max = 3) @QueryParam("q") String q) {
            return q == null ? null : "fine";
        }
    }
}
