package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTrickTest {
    private static final GuardedServer server = new GuardedServer();

    @BeforeAll
    static void start() throws Exception {
        server.rules("""
                        GET,HEAD /healthz            permit
                        *        /public/**          permit
                        GET      /reports/{id}       data.data  resource=report:{id}
                        *        /admin/**           deny
                        """).serving("/*", new Servlets.WhoAmI()).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/healthz?x=1", "/public", "/public/", "/public/a/b"})
    void theOpenPathsAreOpen(String path) throws Exception {
        assertThat(server.get("/app" + path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/healthz/",
                "/healthz;x",
                "/healthz;x=/who",
                "/HEALTHZ",
                "/healthz.",
                "/healthz%20",
                "/h%65althz",
                "/public;/a",
                "/p%75blic/a",
                "/healthz/a",
                "/publica",
                "/public%3b",
                "/",
                "/healthz%3f",
                "/%68ealthz"
            })
    void nothingThatOnlyLooksLikeAnOpenPathIsOpen(String path) throws Exception {
        assertThat(server.get("/app" + path)).hasToString("401 not_authenticated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/../who",
                "/public/%2e%2e/who",
                "/public/.%2E/who",
                "/public/%2e/who",
                "/public//who",
                "//who",
                "/public/..;/who",
                "/public/..;x=y/who",
                "/public/%2f/who",
                "/public%2f..%2fwho",
                "/public%5c..%5cwho",
                "/public/./who",
                "/public/.",
                "/public/..",
                "/public/;/who",
                "/public/%00",
                "/public/%0d%0a",
                "/public/%7f",
                "/public/%c0%ae%c0%ae/who",
                "/public/%zz",
                "/public/%2",
                "/public/\\..\\who",
                "/public/%1f"
            })
    void anAmbiguousPathIsRefusedBeforeAnyRule(String path) throws Exception {
        Reply reply = server.get("/app" + path);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).doesNotContain("anonymous").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "/reports/7, 403 resource_not_allowed",
        "/reports/8, 200",
        "/reports/8/, 200",
        "/reports/8;x, 200",
        "/reports/%38, 200",
        "/reports/7/, 403 resource_not_allowed",
        "/reports/%37, 403 resource_not_allowed",
        "/admin, 403 permission_denied",
        "/admin/, 403 permission_denied",
        "/%61dmin/x, 403 permission_denied",
        "/admin;x/y, 403 permission_denied",
        "/who, 200"
    })
    void aProtectingRuleCoversEveryWayToWriteItsPath(String path, String expected) throws Exception {
        String token = server.token(
                facts -> facts.scopes(java.util.List.of("data.data")).resources(java.util.List.of("report:8")));
        Reply reply = server.getAs(token, "/app" + path);
        assertThat(reply.status() == 200 ? "200" : reply.toString()).isEqualTo(expected);
    }

    @Test
    void aRuleForGetCoversHeadToo() throws Exception {
        String token = server.token("public");
        assertThat(server.send("HEAD", "/app/reports/7", "Authorization: Bearer " + token)
                        .status())
                .isEqualTo(403);
        assertThat(server.send("PUT", "/app/reports/7", "Authorization: Bearer " + token)
                        .status())
                .isEqualTo(200);
    }
}
