package dev.scopegate.engines;

import static dev.scopegate.engines.EngineServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import jakarta.ws.rs.core.Application;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the feature does in every JAX-RS engine; an engine is a subclass that makes its servlet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineContract {
    private EngineServer server;

    /** The engine's own servlet. */
    abstract HttpServlet engine();

    /** The application of everything in {@link Shop}. */
    Class<? extends Application> whole() {
        return Shop.class;
    }

    /** The application of {@link Shop.Typo}. */
    Class<? extends Application> misspelt() {
        return Shop.Misspelt.class;
    }

    private ServletHolder holder(Class<? extends Application> application) {
        ServletHolder holder = new ServletHolder(engine());
        holder.setAsyncSupported(true);
        holder.setInitParameter("jakarta.ws.rs.Application", application.getName());
        return holder;
    }

    @BeforeAll
    void start() throws Exception {
        server = new EngineServer(front -> holder(whole()));
    }

    @AfterAll
    void stop() {
        if (server != null) server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/shelf,        data.overview,          200 class",
        "/shelf,        data.data,              200 class",
        "/shelf,        admin,                  200 class",
        "/shelf,        public,                 403 insufficient_scope",
        "/shelf/all,    data.data job:execute,  200 all",
        "/shelf/all,    data.data,              403 insufficient_scope",
        "/shelf/any,    job:execute,            200 any",
        "/shelf/any,    data.overview,          403 insufficient_scope",
        "/shelf/roles,  data.data,              200 roles",
        "/shelf/roles,  data.overview,          403 insufficient_scope",
        "/shelf/open,   public,                 200 open",
        "/shelf/shut,   admin,                  403 permission_denied",
        "/shelf/hidden, data.data,              200 hidden",
        "/shelf/hidden, data.overview,          404 not_found",
        "/shelf/books/1,data.overview,          200 book 1",
        "/shelf/books/1,public,                 403 insufficient_scope",
        "/nothing,      public,                 404 not_found"
    })
    void a_token_opens_what_its_scopes_imply(String path, String scopes, String expected) throws Exception {
        for (Front front : Front.values()) {
            assertThat(server.get(front, path, bearer(server.mint(scopes))))
                    .as(front.name())
                    .hasToString(expected);
        }
    }

    @Test
    void a_token_for_one_resource_opens_that_one() throws Exception {
        String one = server.mint(token -> token.scopes(List.of("data.data")).resources(List.of("book:1")));
        for (Front front : Front.values()) {
            assertThat(server.get(front, "/shelf/books/1", bearer(one))).hasToString("200 book 1");
            assertThat(server.get(front, "/shelf/books/2", bearer(one))).hasToString("403 resource_not_allowed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/shelf", "/shelf/all", "/shelf/shut", "/shelf/hidden", "/shelf/books/1", "/me", "/nothing"})
    void without_a_good_token_nothing_opens_and_the_challenge_says_what_to_bring(String path) throws Exception {
        int runs = Shop.GUARDED_RUNS.get();
        for (Front front : Front.values()) {
            Reply none = server.get(front, path);
            assertThat(none).as(front.name()).hasToString("401 not_authenticated");
            assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"scopegate\"");
            Reply bad = server.get(front, path, bearer(server.unknown()));
            assertThat(bad).as(front.name()).hasToString("401 invalid_token");
            assertThat(bad.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
            Reply two = server.get(front, path, bearer(server.mint("admin")), "Authorization: Basic YTpi");
            assertThat(two).as(front.name()).hasToString("400 invalid_request");
            assertThat(two.header("WWW-Authenticate")).contains("error=\"invalid_request\"");
        }
        assertThat(Shop.GUARDED_RUNS).hasValue(runs);
    }

    @Test
    void a_scope_that_is_missing_is_named() throws Exception {
        for (Front front : Front.values()) {
            Reply reply = server.get(front, "/shelf/all", bearer(server.mint("data.data")));
            assertThat(reply.header("WWW-Authenticate"))
                    .contains("error=\"insufficient_scope\"", "scope=\"data.data job:execute\"");
            assertThat(reply.error().path("extra"))
                    .hasToString("{\"required\":[\"data.data\",\"job:execute\"],\"granted\":[\"data.data\"]}");
        }
    }

    @Test
    void what_is_open_to_all_needs_no_token_where_the_filter_lets_it_pass() throws Exception {
        assertThat(server.get(Front.NONE, "/shelf/open")).hasToString("200 open");
        assertThat(server.get(Front.OPEN_FILTER, "/shelf/open")).hasToString("200 open");
        assertThat(server.get(Front.FILTER, "/shelf/open")).hasToString("401 not_authenticated");
    }

    @Test
    void the_principal_is_the_token() throws Exception {
        for (Front front : Front.values()) {
            assertThat(server.get(front, "/me", bearer(server.mint("data.data"))))
                    .as(front.name())
                    .hasToString("200 alice BEARER overview:true admin:false same");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /failing/missing,   404 not_found",
        "GET,    /failing/forbidden, 403 permission_denied",
        "GET,    /failing/broken,    500 error",
        "GET,    /failing,           404 not_found",
        "DELETE, /shelf,             405 method_not_allowed",
        "POST,   /shelf,             415 unsupported_media_type",
    })
    void an_exception_is_answered_in_the_envelope(String method, String path, String expected) throws Exception {
        String token = server.mint("admin");
        for (Front front : Front.values()) {
            String body = method.equals("POST") ? "{}" : "";
            String type = "Content-Type: application/json";
            Reply reply = server.send(front, method, path, body, bearer(token), type);
            assertThat(reply).as(front.name()).hasToString(expected);
            assertThat(reply.response().body()).doesNotContain("secret").doesNotContain("Exception");
        }
    }

    @Test
    void an_answer_that_the_client_does_not_take_is_refused_in_the_envelope() throws Exception {
        for (Front front : Front.values()) {
            String token = bearer(server.mint("admin"));
            Reply reply = server.send(
                    front, "POST", "/shelf", "x", token, "Content-Type: text/plain", "Accept: application/xml");
            assertThat(reply).as(front.name()).hasToString("406 not_acceptable");
        }
    }

    @ParameterizedTest
    @CsvSource({"DELETE, /shelf", "POST, /shelf", "GET, /failing", "OPTIONS, /shelf"})
    void the_engine_tells_a_stranger_nothing(String method, String path) throws Exception {
        for (Front front : Front.values()) {
            Reply reply = server.send(front, method, path, "", "Content-Type: application/json");
            assertThat(reply).as(front.name()).hasToString("401 not_authenticated");
            assertThat(reply.header("Allow")).isEmpty();
        }
    }

    @Test
    void a_preflight_gets_the_engines_answer_without_a_token() throws Exception {
        String[] headers = {"Origin: https://app.example", "Access-Control-Request-Method: GET"};
        for (Front front : Front.values()) {
            Reply reply = server.send(front, "OPTIONS", "/shelf", "", headers);
            assertThat(reply.response().statusCode()).as(front + " " + reply).isBetween(200, 204);
            assertThat(reply.header("Allow")).as(front.name()).contains("GET");
        }
    }

    @Test
    void a_refused_head_has_the_headers_of_a_refused_get() throws Exception {
        for (Front front : Front.values()) {
            Reply get = server.get(front, "/shelf");
            Reply head = server.send(front, "HEAD", "/shelf", "");
            assertThat(head.response().statusCode()).isEqualTo(401);
            assertThat(head.response().body()).isEmpty();
            for (String name : List.of("WWW-Authenticate", "Content-Type", "Cache-Control", "Content-Length")) {
                assertThat(head.header(name)).as(front + " " + name).isEqualTo(get.header(name));
            }
        }
    }

    @Test
    void an_annotation_that_names_no_scope_of_the_catalog_stops_the_start() {
        assertThatThrownBy(() -> new EngineServer(front -> holder(misspelt())).close())
                .hasStackTraceContaining("'data.overveiw'")
                .hasStackTraceContaining("'data.overview'");
    }

    /** Whether it loads services (JAX-RS 3.1 §4.1.2), one of which notices that the feature is not there. */
    boolean loadsServices() {
        return true;
    }

    /** Without services nobody notices; once an engine loads them, this tells that the documents are out of date. */
    @Test
    void annotations_without_the_feature_that_reads_them_stop_the_start_where_services_are_loaded() throws Exception {
        if (loadsServices()) {
            assertThatThrownBy(() -> new EngineServer(front -> holder(Shop.Forgetful.class)).close())
                    .hasStackTraceContaining(
                            "nobody reads @RequiresScope; register dev.scopegate.jaxrs.ScopegateFeature");
            return;
        }
        try (EngineServer open = new EngineServer(front -> holder(Shop.Forgetful.class))) {
            assertThat(open.get(Front.FILTER, "/shelf", bearer(open.mint("public"))))
                    .hasToString("200 class");
        }
    }

    @Test
    void a_sub_resource_whose_annotations_nobody_reads_answers_500_where_services_are_loaded() throws Exception {
        int expected = loadsServices() ? 500 : 200;
        try (EngineServer rooms = new EngineServer(front -> holder(Shop.ForgetfulBelow.class))) {
            for (Front front : Front.values()) {
                Reply reply = rooms.get(front, "/rooms/1", bearer(rooms.mint("admin")));
                assertThat(reply.response().statusCode()).as(front.name()).isEqualTo(expected);
            }
        }
    }
}
