package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.annotation.RequiresAnyScope;
import dev.scopegate.annotation.RequiresScope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store tells the cache of no change, as another node's would not until later. */
class FreshTest {
    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(Vault.class);

    @ParameterizedTest
    @EnumSource(Front.class)
    void aFreshMethodAsksTheStoreAgain(Front front) {
        for (String path : new String[] {"/vault/all", "/vault/any", "/vault/later"}) {
            String token = SERVER.tokens.mint("data.data");
            assertThat(SERVER.getAs(front, token, path)).hasToString("200 fresh");
            assertThat(SERVER.getAs(front, token, "/vault")).hasToString("200 cached");
            SERVER.tokens.revoke(token);
            assertThat(SERVER.getAs(front, token, "/vault")).hasToString("200 cached");
            assertThat(SERVER.getAs(front, token, path)).hasToString("401 invalid_token");
            assertThat(SERVER.getAs(front, token, "/vault")).hasToString("401 invalid_token");
        }
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aFreshMethodIsRefusedWhileTheStoreIsDown(Front front) {
        String token = SERVER.tokens.mint("data.data");
        assertThat(SERVER.getAs(front, token, "/vault")).hasToString("200 cached");
        SERVER.tokens.down = true;
        try {
            assertThat(SERVER.getAs(front, token, "/vault")).hasToString("200 cached");
            assertThat(SERVER.getAs(front, token, "/vault/all")).hasToString("503 unavailable");
        } finally {
            SERVER.tokens.down = false;
        }
    }

    @Path("vault")
    @RequiresScope("data.data")
    public static class Vault {
        @GET
        public String cached() {
            return "cached";
        }

        @GET
        @Path("all")
        @RequiresScope(value = "data.data", fresh = true)
        public String all() {
            return "fresh";
        }

        @GET
        @Path("any")
        @RequiresAnyScope(value = "data.data", fresh = true)
        public String any() {
            return "fresh";
        }

        @GET
        @Path("later")
        @RequiresScope(value = "data.data", fresh = true)
        public void later(@Suspended AsyncResponse response) {
            new Thread(() -> response.resume("fresh")).start();
        }
    }
}
