package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.config.Settings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DefaultAccessTest {
    @RegisterExtension
    static final ResourceServer DENY = ResourceServer.of(Plain.class).set(Settings.DEFAULT_ACCESS, "deny");

    @RegisterExtension
    static final ResourceServer PERMIT = ResourceServer.of(Plain.class).set(Settings.DEFAULT_ACCESS, "permit");

    @Test
    void denyOpensOnlyWhatSaysSo() {
        for (Front front : Front.values()) {
            String token = DENY.tokens.mint("admin");
            assertThat(DENY.getAs(front, token, "/plain")).hasToString("403 permission_denied");
            assertThat(DENY.get(front, "/plain")).hasToString("401 not_authenticated");
            assertThat(DENY.getAs(front, DENY.tokens.unknown(), "/plain")).hasToString("401 invalid_token");
        }
        assertThat(DENY.getAs(Front.NONE, DENY.tokens.mint("admin"), "/plain/locked"))
                .hasToString("200 locked");
        assertThat(DENY.getAs(Front.OPEN_FILTER, DENY.tokens.mint("admin"), "/plain/locked"))
                .hasToString("200 locked");
    }

    @Test
    void permitClosesOnlyWhatSaysSo() {
        for (Front front : Front.values()) {
            assertThat(PERMIT.get(front, "/plain")).hasToString("200 plain");
            assertThat(PERMIT.getAs(front, PERMIT.tokens.unknown(), "/plain")).hasToString("200 plain");
            assertThat(PERMIT.get(front, "/plain/locked")).hasToString("401 not_authenticated");
            assertThat(PERMIT.getAs(front, PERMIT.tokens.mint("public"), "/plain/locked"))
                    .hasToString("403 insufficient_scope");
        }
    }

    @Test
    void evenThenStrangersAreNotToldWhatDoesNotExist() {
        assertThat(PERMIT.get(Front.NONE, "/missing")).hasToString("401 not_authenticated");
        assertThat(PERMIT.send(Front.NONE, "DELETE", "/plain", "")).hasToString("401 not_authenticated");
    }

    @Path("plain")
    public static class Plain {
        @GET
        public String plain() {
            return "plain";
        }

        @GET
        @Path("locked")
        @RequiresScope("data.data")
        public String locked() {
            return "locked";
        }
    }
}
