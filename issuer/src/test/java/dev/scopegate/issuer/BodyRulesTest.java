package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.TokenQuery;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What bodies may not hold, field by field; nothing is stored of one that does. */
class BodyRulesTest {
    private static final String LONG = "x".repeat(300);

    private static final List<String> OF_ANY = List.of(
            "'name':null -> invalid_type@name",
            "'name':7 -> invalid_type@name",
            "'name':['x'] -> invalid_type@name",
            "'name':'" + LONG + "' -> invalid@name",
            "'name':'a\\u0007b' -> invalid@name",
            "'name':'a\\u0000b' -> invalid@name",
            "'name':'a\\u202eb' -> invalid@name",
            "'name':'a\\u2066b' -> invalid@name",
            "'name':'\\u200b' -> invalid@name",
            "'name':'\\u00a0' -> invalid@name",
            "'name':'a\\ud83d' -> invalid@name",
            "'name':'" + "\ud83d\udc27".repeat(101) + "' -> invalid@name",
            "'name':'caller' -> unique@name",
            "'name':'\\t caller ' -> unique@name",
            "'scopes':null -> invalid_type@scopes",
            "'scopes':'public' -> invalid_type@scopes",
            "'scopes':{} -> invalid_type@scopes",
            "'scopes':['public',null,3] -> invalid_type@scopes.1 invalid_type@scopes.2",
            "'scopes':['nope'] -> invalid@scopes.0",
            "'scopes':['public\\u0000'] -> invalid@scopes.0",
            "'scopes':['" + LONG + "'] -> invalid@scopes.0",
            "'scopes':['public','public'] -> duplicate@scopes.1",
            "'scopes':['admin'] -> invalid@scopes.0",
            "'resources':null -> invalid_type@resources",
            "'resources':'a:b' -> invalid_type@resources",
            "'resources':['a:b',null] -> invalid_type@resources.1",
            "'resources':['a'] -> invalid@resources.0",
            "'resources':['a:" + LONG + "'] -> invalid@resources.0",
            "'resources':['a:\\u0001b'] -> invalid@resources.0",
            "'resources':['a:b','a:b'] -> duplicate@resources.1",
            "'allowed_networks':null -> invalid_type@allowed_networks",
            "'allowed_networks':7 -> invalid_type@allowed_networks",
            "'allowed_networks':[true] -> invalid_type@allowed_networks.0",
            "'allowed_networks':['10.0.0.1/8'] -> invalid@allowed_networks.0",
            "'allowed_networks':['x\\u0000'] -> invalid@allowed_networks.0",
            "'allowed_networks':['" + LONG + "'] -> invalid@allowed_networks.0",
            "'allowed_networks':['::1','0:0::1'] -> duplicate@allowed_networks.1",
            "'surprise':1 -> unknown_field@surprise",
            "'token':'x' -> unknown_field@token");

    private static final List<String> OF_NEW = List.of(
            "'expires_at':null -> invalid_type@expires_at",
            "'expires_at':7 -> invalid_type@expires_at",
            "'expires_at':'soon' -> invalid@expires_at",
            "'expires_at':'2030-01-01' -> invalid@expires_at",
            "'expires_at':'2030-01-01T00:00:00' -> invalid@expires_at",
            "'expires_at':'2026-01-01T00:00:00Z' -> invalid@expires_at",
            "'expires_at':'+10000-01-01T00:00:00Z' -> invalid@expires_at",
            "'expires_at':'9999-12-31T23:59:59.9999Z' -> invalid@expires_at",
            "'expires_at':'+999999999-12-31T23:59:59.999999999-18:00' -> invalid@expires_at",
            "'expires_at':'+1000000000-01-01T00:00:00Z' -> invalid@expires_at",
            "'expires_at':'-999999999-01-01T00:00:00+18:00' -> invalid@expires_at",
            "'expires_at':'2030-01-01T00:00:00+19:00' -> invalid@expires_at",
            "'expires_at':9223372036854775807 -> invalid_type@expires_at",
            "'owner':null -> invalid_type@owner",
            "'owner':['x'] -> invalid_type@owner");

    private IssuerServer server;
    private Desk desk;
    private String ada;
    private String root;

    @BeforeEach
    void start() throws Exception {
        desk = new Desk();
        server = new IssuerServer(desk);
        ada = server.token("ada", "caller", "data.edit", "tokens.manage");
        root = server.token("root", "caller", "admin");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private long count() throws Exception {
        return desk.store
                .page(TokenQuery.all(), null, 200, desk.clock.instant())
                .tokens()
                .size();
    }

    static List<String> ofAny() {
        return OF_ANY;
    }

    static String field(String rule) {
        return rule.substring(0, rule.indexOf(" -> "));
    }

    static String codes(String rule) {
        return "400 " + rule.substring(rule.indexOf(" -> ") + 4);
    }

    /** A right body for a new thing in which one field is replaced or added. */
    static String body(String field) {
        StringBuilder body = new StringBuilder("{").append(field);
        if (!field.startsWith("'name'")) body.append(",'name':'new'");
        if (!field.startsWith("'scopes'")) body.append(",'scopes':['public']");
        return body.append('}').toString();
    }

    @Test
    void aNewTokenOfWhichAnythingIsWrongIsNotMade() throws Exception {
        long before = count();
        for (List<String> rules : List.of(OF_ANY, OF_NEW)) {
            for (String rule : rules) {
                assertThat(server.send(ada, "POST", "/tokens", body(field(rule)))
                                .outcome())
                        .as(rule)
                        .isEqualTo(codes(rule));
            }
        }
        for (String owner : List.of("", " x", "x\\u0000", LONG)) {
            assertThat(server.send(root, "POST", "/tokens", body("'owner':'" + owner + "'"))
                            .outcome())
                    .as(owner)
                    .isEqualTo("400 invalid@owner");
        }
        assertThat(server.send(ada, "POST", "/tokens", "{}").outcome()).isEqualTo("400 required@name required@scopes");
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void anEditOfWhichAnythingIsWrongChangesNothing() throws Exception {
        String id = desk.tokens()
                .mint(Desk.of("ada"), TokenDraft.of("target"))
                .facts()
                .id();
        String before = server.send(ada, "GET", "/tokens/" + id, "").body();
        for (String rule : OF_ANY) {
            assertThat(server.send(ada, "PATCH", "/tokens/" + id, "{" + field(rule) + "}")
                            .outcome())
                    .as(rule)
                    .isEqualTo(codes(rule));
        }
        for (String end : List.of("null", "7", "'2030-01-01T00:00:00Z'")) {
            assertThat(server.send(ada, "PATCH", "/tokens/" + id, "{'expires_at':" + end + "}")
                            .outcome())
                    .isEqualTo("400 immutable@expires_at");
        }
        for (String grace : List.of("-1", "86401", "99999999999999999999")) {
            assertThat(server.send(ada, "POST", "/tokens/" + id + "/rotate", "{'grace_seconds':" + grace + "}")
                            .outcome())
                    .isEqualTo("400 invalid@grace_seconds");
        }
        for (String grace : List.of("null", "'1'", "1.5", "[]")) {
            assertThat(server.send(ada, "POST", "/tokens/" + id + "/rotate", "{'grace_seconds':" + grace + "}")
                            .outcome())
                    .isEqualTo("400 invalid_type@grace_seconds");
        }
        for (String path : List.of("/rotate", "/revoke")) {
            assertThat(server.send(ada, "POST", "/tokens/" + id + path, "{'x':1}")
                            .outcome())
                    .isEqualTo("400 unknown_field@x");
        }
        assertThat(server.send(ada, "GET", "/tokens/" + id, "").body()).isEqualTo(before);
    }

    @Test
    void aBodyIsOneJsonObjectOfAtMost64KiB() throws Exception {
        long before = count();
        for (String body :
                List.of("{", "nonsense", "{'name':'a','name':'b','scopes':[]}", "{} {}", " ", "{'name':'a'")) {
            assertThat(server.send(ada, "POST", "/tokens", body).outcome())
                    .as(body)
                    .isEqualTo("400 parse_error");
        }
        for (String body : List.of("[]", "7", "null", "'x'")) {
            assertThat(server.send(ada, "POST", "/tokens", body).outcome())
                    .as(body)
                    .isEqualTo("400 invalid_type");
        }
        String large = body("'surprise':'" + "x".repeat(64 * 1024) + "'");
        assertThat(server.send(ada, "POST", "/tokens", large).outcome()).isEqualTo("413 payload_too_large");
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/xml")) {
            assertThat(server.send(ada, "POST", "/tokens", body("'x':1"), "Content-Type", type)
                            .outcome())
                    .as(type)
                    .isEqualTo("415 unsupported_media_type");
        }
        assertThat(server.send(ada, "POST", "/tokens", "").outcome()).startsWith("4");
        assertThat(count()).isEqualTo(before);
    }
}
