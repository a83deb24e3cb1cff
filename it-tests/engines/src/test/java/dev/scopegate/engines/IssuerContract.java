package dev.scopegate.engines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.scopegate.issuer.Issuer;
import dev.scopegate.jaxrs.ScopegateFeature;
import jakarta.servlet.http.HttpServlet;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.Test;

/** The issuer's resources in every engine: the life of a token, and what a body may not be. */
abstract class IssuerContract {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TOKENS = "/v1/tokens";

    /** The engine's own servlet. */
    abstract HttpServlet engine();

    /** The application as the engine takes it. */
    Class<? extends Application> application() {
        return Plain.class;
    }

    private EngineServer start() throws Exception {
        return new EngineServer(front -> {
            ServletHolder holder = new ServletHolder(engine());
            holder.setAsyncSupported(true);
            holder.setInitParameter("jakarta.ws.rs.Application", application().getName());
            return holder;
        });
    }

    /** The issuer and the feature. */
    public static final class Plain extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            Set<Class<?>> classes = new HashSet<>(Issuer.resources());
            classes.add(ScopegateFeature.class);
            return classes;
        }
    }

    private static Reply send(EngineServer server, String token, String method, String path, String body)
            throws Exception {
        String[] headers = body.isEmpty()
                ? new String[] {EngineServer.bearer(token)}
                : new String[] {EngineServer.bearer(token), "Content-Type: application/json"};
        return server.send(Front.FILTER, method, path, body.replace('\'', '"'), headers);
    }

    private static JsonNode json(Reply reply) throws Exception {
        return JSON.readTree(reply.response().body());
    }

    @Test
    void theLifeOfAToken() throws Exception {
        try (EngineServer server = start()) {
            String caller = server.mint("tokens.manage data.data");

            Reply minted = send(server, caller, "POST", TOKENS, "{'name':'ci','scopes':['data.data']}");
            assertThat(minted.response().statusCode()).isEqualTo(201);
            String plain = json(minted).path("token").asText();
            String place = TOKENS + "/" + json(minted).path("id").asText();
            assertThat(minted.header("Location")).endsWith(Front.FILTER.path() + place);
            assertThat(json(send(server, caller, "GET", TOKENS + "?q=CI&page_size=1", ""))
                            .at("/results/0/name")
                            .asText())
                    .isEqualTo("ci");
            assertThat(json(send(server, caller, "PATCH", place, "{'scopes':['public']}"))
                            .path("scopes")
                            .toString())
                    .isEqualTo("[\"public\"]");
            Reply rotated = send(server, caller, "POST", place + "/rotate", "");
            String renewed = json(rotated).path("token").asText();
            assertThat(send(server, plain, "GET", "/v1/scopes", "").response().statusCode())
                    .isEqualTo(401);
            assertThat(send(server, renewed, "GET", "/v1/scopes", "").response().statusCode())
                    .isEqualTo(200);
            assertThat(json(send(server, caller, "POST", place + "/revoke", ""))
                            .path("status")
                            .asText())
                    .isEqualTo("revoked");
            assertThat(send(server, caller, "DELETE", place, "").response().statusCode())
                    .isEqualTo(204);
            assertThat(send(server, caller, "GET", place, "").toString()).isEqualTo("404 not_found");
        }
    }

    @Test
    void aBodyThatBreaksARuleIsAnsweredLikeEverythingElse() throws Exception {
        try (EngineServer server = start()) {
            String caller = server.mint("tokens.manage data.data");

            assertThat(send(server, caller, "POST", TOKENS, "{").toString()).isEqualTo("400 parse_error");
            assertThat(send(server, caller, "POST", TOKENS, "{'name':'x','scopes':[],'y':1}")
                            .toString())
                    .isEqualTo("400 unknown_field");
            assertThat(send(server, caller, "POST", TOKENS, "{'name':'x','scopes':['admin']}")
                            .toString())
                    .isEqualTo("400 invalid");
            assertThat(send(server, caller, "POST", TOKENS, "'" + "x".repeat(70_000) + "'")
                            .toString())
                    .isEqualTo("413 payload_too_large");
            assertThat(server.send(
                                    Front.FILTER,
                                    "POST",
                                    TOKENS,
                                    "x",
                                    EngineServer.bearer(caller),
                                    "Content-Type: text/plain")
                            .toString())
                    .isEqualTo("415 unsupported_media_type");
        }
    }
}
