package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers that an engine gives by itself, when no method fits. */
class EngineAnswerTest {
    private static final String NEVER = "nobody.may.see@this";

    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(Files.class);

    @ParameterizedTest
    @CsvSource({
        "GET,     /missing, 404 not_found",
        "GET,     /files/a/b/c, 404 not_found",
        "DELETE,  /files, 405 method_not_allowed",
        "PROPFIND,/files, 405 method_not_allowed",
        "GET,     /files/xml, 406 not_acceptable",
        "PUT,     /files, 415 unsupported_media_type",
        "OPTIONS, /files, 200",
        "OPTIONS, /missing, 404 not_found",
        "HEAD,    /missing,     404"
    })
    void areForThoseWhoWereAdmittedOnly(String method, String path, String expected) {
        String[] headers = {"Accept: text/plain", "Content-Type: text/css"};
        String body = method.equals("PUT") ? "a {}" : "";
        String good = SERVER.tokens.mint("public");
        for (Front front : Front.values()) {
            assertThat(SERVER.sendAs(front, good, method, path, body, headers)
                            .toString()
                            .trim())
                    .as(front.name())
                    .startsWith(expected);
            Reply none = SERVER.send(front, method, path, body, headers);
            assertThat(none.status()).isEqualTo(401);
            assertThat(none.header("WWW-Authenticate")).hasValue("Bearer realm=\"scopegate\"");
            assertThat(none.header("Allow")).isEmpty();
            assertThat(none.header("Cache-Control")).hasValue("no-store");
            Reply bad = SERVER.sendAs(front, SERVER.tokens.unknown(), method, path, body, headers);
            assertThat(bad.status()).isEqualTo(401);
            assertThat(bad.header("Allow")).isEmpty();
            Reply two = SERVER.sendAs(front, good, method, path, body, "Authorization: Bearer x");
            assertThat(two.status()).isEqualTo(400);
            if (method.equals("HEAD")) continue;
            assertThat(none).hasToString("401 not_authenticated");
            assertThat(bad).hasToString("401 invalid_token");
            assertThat(two).hasToString("400 invalid_request");
        }
    }

    @Test
    void nobodyIsToldAnythingWhileTheStoreIsDown() {
        String good = SERVER.tokens.mint("public");
        SERVER.tokens.down = true;
        try {
            for (Front front : Front.values()) {
                assertThat(SERVER.getAs(front, good, "/missing")).hasToString("503 unavailable");
                Reply options = SERVER.sendAs(front, good, "OPTIONS", "/files", "");
                assertThat(options).hasToString("503 unavailable");
                assertThat(options.header("Retry-After")).hasValue("5");
            }
        } finally {
            SERVER.tokens.down = false;
        }
    }

    @Test
    void theMethodsAreStillNamed() {
        String good = SERVER.tokens.mint("public");
        for (Front front : Front.values()) {
            Reply refused = SERVER.sendAs(front, good, "DELETE", "/files", "");
            assertThat(refused.header("Allow").orElse("").split(", ?")).contains("GET", "PUT", "OPTIONS");
        }
    }

    @Test
    void aMethodOfTheApplicationMayAnswerTheSameToAnybody() {
        assertThat(SERVER.get(Front.NONE, "/files/gone")).hasToString("404 not_found");
        assertThat(SERVER.get(Front.NONE, "/files/number?n=x")).hasToString("404 not_found");
        assertThat(SERVER.getAs(Front.OPEN_FILTER, SERVER.tokens.unknown(), "/files/gone"))
                .hasToString("404 not_found");
        assertThat(SERVER.send(Front.NONE, "OPTIONS", "/files/own", "")).hasToString("200 " + NEVER);
    }

    @Path("files")
    public static class Files {
        @GET
        public String list() {
            return "list";
        }

        @PUT
        @Consumes(MediaType.TEXT_PLAIN)
        public String put(String text) {
            return text;
        }

        @GET
        @Path("xml")
        @Produces(MediaType.APPLICATION_XML)
        public String xml() {
            return "<x/>";
        }

        @GET
        @Path("gone")
        @PermitAll
        public String gone() {
            throw new NotFoundException();
        }

        @GET
        @Path("number")
        @PermitAll
        public String number(@QueryParam("n") int n) {
            return String.valueOf(n);
        }

        @OPTIONS
        @Path("own")
        @PermitAll
        public String options() {
            return NEVER;
        }
    }
}
