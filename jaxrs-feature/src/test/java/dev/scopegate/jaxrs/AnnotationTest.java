package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnnotationTest {
    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(
            Shelves.Shelf.class,
            Shelves.AnyShelf.class,
            Shelves.RoleShelf.class,
            Shelves.OpenShelf.class,
            Shelves.ShutShelf.class,
            Shelves.Plain.class);

    @ParameterizedTest
    @CsvSource({
        "/shelf,       data.overview,            200 class",
        "/shelf,       data.data,                200 class",
        "/shelf,       admin,                    200 class",
        "/shelf,       public,                   403 insufficient_scope",
        "/shelf,       job:execute,              403 insufficient_scope",
        "/shelf/all,   data.data job:execute,    200 all",
        "/shelf/all,   admin,                    200 all",
        "/shelf/all,   data.data,                403 insufficient_scope",
        "/shelf/all,   job:execute data.overview,403 insufficient_scope",
        "/shelf/any,   job:execute,              200 any",
        "/shelf/any,   data.data,                200 any",
        "/shelf/any,   data.overview,            403 insufficient_scope",
        "/shelf/roles, job:execute,              200 roles",
        "/shelf/roles, data.data,                200 roles",
        "/shelf/roles, data.overview,            403 insufficient_scope",
        "/shelf/open,  public,                   200 open",
        "/shelf/shut,  admin,                    403 permission_denied",
        "/shelf/seen,  data.data,                200 seen",
        "/shelf/seen,  data.overview,            404 not_found",
        "/any,         job:execute,              200 any",
        "/any,         public,                   403 insufficient_scope",
        "/any/open,    public,                   200 open",
        "/roles,       data.data,                200 roles",
        "/roles,       public,                   403 insufficient_scope",
        "/open,        public,                   200 open",
        "/open/locked, public,                   403 insufficient_scope",
        "/open/locked, data.data,                200 locked",
        "/shut,        admin,                    403 permission_denied",
        "/shut/locked, data.data,                200 locked",
        "/plain,       public,                   200 plain",
        "/missing,     public,                   404 not_found"
    })
    void aTokenOpensWhatItsScopesImply(String path, String scopes, String expected) {
        for (Front front : Front.values()) {
            String token = SERVER.tokens.mint(scopes.split(" "));
            assertThat(SERVER.getAs(front, token, path)).as(front.name()).hasToString(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"/shelf", "/shelf/all", "/shelf/shut", "/shelf/seen", "/any", "/roles", "/shut", "/plain", "/missing"})
    void withoutATokenNothingOpensThatNeedsOne(String path) {
        for (Front front : Front.values()) {
            Reply none = SERVER.get(front, path);
            assertThat(none).as(front.name()).hasToString("401 not_authenticated");
            assertThat(none.header("WWW-Authenticate")).hasValue("Bearer realm=\"scopegate\"");
            Reply bad = SERVER.getAs(front, SERVER.tokens.unknown(), path);
            assertThat(bad).as(front.name()).hasToString("401 invalid_token");
            assertThat(bad.header("WWW-Authenticate").orElse("")).contains("error=\"invalid_token\"");
            Reply two = SERVER.getAs(front, SERVER.tokens.mint("admin"), path, "Authorization: Basic YTpi");
            assertThat(two).as(front.name()).hasToString("400 invalid_request");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Front.class,
            names = {"NONE", "OPEN_FILTER"})
    void whatIsOpenToAllTakesAnyCredentialAsNone(Front front) {
        for (String path : new String[] {"/open", "/shelf/open", "/any/open"}) {
            assertThat(SERVER.get(front, path)).hasToString("200 open");
            assertThat(SERVER.getAs(front, SERVER.tokens.unknown(), path)).hasToString("200 open");
            assertThat(SERVER.get(front, path, "Authorization: Bearer \t,")).hasToString("200 open");
            assertThat(SERVER.get(front, path, "Authorization: Bearer a", "Authorization: Bearer b"))
                    .hasToString("200 open");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Front.class,
            names = {"NONE", "OPEN_FILTER"})
    void whatIsOpenToAllStaysOpenWhileTheStoreIsDown(Front front) {
        try (SwitchedOff outage = new SwitchedOff(SERVER.tokens)) {
            assertThat(outage).isNotNull();
            assertThat(SERVER.getAs(front, SERVER.tokens.mint("public"), "/open"))
                    .hasToString("200 open");
            Reply refused = SERVER.getAs(front, SERVER.tokens.mint("public"), "/plain");
            assertThat(refused).hasToString("503 unavailable");
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(refused.header("WWW-Authenticate")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"/open", "/shelf/open"})
    void permitAllOpensNothingThatTheFilterCloses(String path) {
        assertThat(SERVER.get(Front.FILTER, path)).hasToString("401 not_authenticated");
        assertThat(SERVER.getAs(Front.FILTER, SERVER.tokens.unknown(), path)).hasToString("401 invalid_token");
    }

    /** An outage for the length of a block. */
    record SwitchedOff(Tokens tokens) implements AutoCloseable {
        SwitchedOff {
            tokens.down = true;
        }

        @Override
        public void close() {
            tokens.down = false;
        }
    }
}
