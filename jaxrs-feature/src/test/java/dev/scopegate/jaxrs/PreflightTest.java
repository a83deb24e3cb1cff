package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.config.Settings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreflightTest {
    private static final String ORIGIN = "Origin: https://app.example";
    private static final String ASKED = "Access-Control-Request-Method: GET";

    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(Shop.class, Plain.class, Locked.class);

    @RegisterExtension
    static final ResourceServer STRICT =
            ResourceServer.of(Shop.class, Plain.class, Locked.class).set(Settings.PERMIT_PREFLIGHT, "false");

    @ParameterizedTest
    @EnumSource(Front.class)
    void passesWithoutAToken(Front front) {
        assertThat(SERVER.send(front, "OPTIONS", "/shop", "", ORIGIN, ASKED).status())
                .isEqualTo(200);
        assertThat(SERVER.send(front, "OPTIONS", "/shop/plain", "", ORIGIN, ASKED))
                .hasToString("200 own");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void passesNowhereElseThanWhereAMethodIs(Front front) {
        Reply missing = SERVER.send(front, "OPTIONS", "/missing", "", ORIGIN, ASKED);
        assertThat(missing.status()).isIn(401, 404);
        assertThat(missing.isEnvelope()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void doesNotPassAMethodThatSaysWhatItNeeds(Front front) {
        assertThat(SERVER.send(front, "OPTIONS", "/shop/locked", "", ORIGIN, ASKED))
                .hasToString("401 not_authenticated");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void isOneOnlyWithBothHeadersNoBodyAndNoCredential(Front front) {
        assertThat(SERVER.send(front, "OPTIONS", "/shop", "", ORIGIN)).hasToString("401 not_authenticated");
        assertThat(SERVER.send(front, "OPTIONS", "/shop", "", ASKED)).hasToString("401 not_authenticated");
        assertThat(SERVER.send(front, "OPTIONS", "/shop", "body", ORIGIN, ASKED))
                .hasToString("401 not_authenticated");
        assertThat(SERVER.sendAs(front, SERVER.tokens.unknown(), "OPTIONS", "/shop", "", ORIGIN, ASKED))
                .hasToString("401 invalid_token");
        assertThat(SERVER.send(front, "GET", "/shop", "", ORIGIN, ASKED)).hasToString("401 not_authenticated");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void canBeSwitchedOff(Front front) {
        for (String path : new String[] {"/shop", "/shop/plain", "/shop/locked", "/missing"}) {
            assertThat(STRICT.send(front, "OPTIONS", path, "", ORIGIN, ASKED)).hasToString("401 not_authenticated");
        }
    }

    @Test
    void aTokenThatIsGoodIsJudgedAsEver() {
        assertThat(SERVER.sendAs(
                        Front.NONE, SERVER.tokens.mint("public"), "OPTIONS", "/shop/locked", "", ORIGIN, ASKED))
                .hasToString("403 insufficient_scope");
        assertThat(SERVER.sendAs(Front.NONE, SERVER.tokens.mint("admin"), "OPTIONS", "/shop/locked", "", ORIGIN, ASKED))
                .hasToString("200 locked");
    }

    @Path("shop")
    @RequiresScope("public")
    public static class Shop {
        @GET
        public String get() {
            return "shop";
        }
    }

    @Path("shop/plain")
    public static class Plain {
        @OPTIONS
        public String own() {
            return "own";
        }
    }

    @Path("shop/locked")
    public static class Locked {
        @OPTIONS
        @RequiresScope("data.data")
        public String locked() {
            return "locked";
        }
    }
}
