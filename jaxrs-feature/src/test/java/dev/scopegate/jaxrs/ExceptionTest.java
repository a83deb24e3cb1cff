package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.Settings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExceptionTest {
    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(Thrower.class);

    @RegisterExtension
    static final ResourceServer UNMAPPED = ResourceServer.of(Thrower.class).set(Settings.MAP_EXCEPTIONS, "false");

    @ParameterizedTest
    @CsvSource({
        "not-authorized,  401 not_authenticated",
        "forbidden,       403 permission_denied",
        "not-found,       404 not_found",
        "not-allowed,     405 method_not_allowed",
        "not-supported,   415 unsupported_media_type",
        "not-acceptable,  406 not_acceptable",
        "bad-request,     400 bad_request",
        "conflict,        409 conflict",
        "teapot,          418 client_error",
        "too-many,        429 throttled",
        "unavailable,     503 unavailable",
        "gateway,         502 error",
        "internal,        500 error",
        "runtime,         500 error",
        "error,           500 error",
        "checked,         500 error",
        "denied,          403 permission_denied",
        "outage,          503 unavailable",
        "own-body,        403 my own words",
        "own-success,     200 fine"
    })
    void theApplicationsExceptionsAreAnsweredInTheEnvelope(String what, String expected) {
        for (Front front : Front.values()) {
            Reply reply = SERVER.getAs(front, SERVER.tokens.mint("public"), "/throw/" + what);
            assertThat(reply).as(front.name()).hasToString(expected);
            assertThat(reply.body()).doesNotContain("secret", "Exception", "\tat ");
        }
    }

    @Test
    void theirHeadersAreKept() {
        String token = SERVER.tokens.mint("public");
        Reply challenged = SERVER.getAs(Front.NONE, token, "/throw/not-authorized");
        assertThat(challenged.response().headers().allValues("WWW-Authenticate"))
                .containsExactly("Digest realm=\"own\"");
        assertThat(SERVER.getAs(Front.NONE, token, "/throw/unavailable").header("Retry-After"))
                .hasValue("17");
        assertThat(SERVER.getAs(Front.NONE, token, "/throw/not-allowed").header("Allow"))
                .hasValue("PUT");
        assertThat(SERVER.getAs(Front.NONE, token, "/throw/outage").header("Retry-After"))
                .hasValue("5");
        Reply moved = SERVER.getAs(Front.NONE, token, "/throw/moved");
        assertThat(moved.status()).isEqualTo(303);
        assertThat(moved.header("Location").orElse("")).endsWith("/elsewhere");
        assertThat(moved.body()).isEmpty();
    }

    @Test
    void aFailureIsLoggedOnceAndARefusalNever() {
        try (Logged logged = new Logged()) {
            SERVER.getAs(Front.NONE, SERVER.tokens.mint("public"), "/throw/runtime");
            assertThat(logged.warnings()).extracting(LogRecord::getThrown).hasSize(1);
        }
        try (Logged logged = new Logged()) {
            SERVER.getAs(Front.NONE, SERVER.tokens.mint("public"), "/throw/forbidden");
            SERVER.getAs(Front.NONE, SERVER.tokens.mint("public"), "/throw/denied");
            SERVER.get(Front.NONE, "/throw/denied");
            assertThat(logged.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"not-found, 404", "own-body, 403", "teapot, 418"})
    void switchedOffTheEngineAnswersItself(String what, int status) {
        Reply reply = UNMAPPED.getAs(Front.NONE, UNMAPPED.tokens.mint("public"), "/throw/" + what);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.isEnvelope()).isFalse();
    }

    @Test
    void switchedOffRefusalsAreStillInTheEnvelope() {
        String token = UNMAPPED.tokens.mint("public");
        assertThat(UNMAPPED.getAs(Front.NONE, token, "/throw/denied")).hasToString("403 permission_denied");
        assertThat(UNMAPPED.getAs(Front.NONE, token, "/throw/outage")).hasToString("503 unavailable");
        assertThat(UNMAPPED.get(Front.NONE, "/throw/teapot")).hasToString("401 not_authenticated");
        assertThat(UNMAPPED.get(Front.NONE, "/missing")).hasToString("401 not_authenticated");
    }

    @Path("throw/{what}")
    public static class Thrower {
        @GET
        public String get(@PathParam("what") String what) throws Exception {
            throw Throwables.named(what);
        }
    }
}
