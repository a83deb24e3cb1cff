package dev.scopegate.store.introspection;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The facts of a token that is good, and values that somebody made to do harm. */
class FactsTest {
    private static final String TOKEN = "foreign-token-1";
    private static final String OTHER = "foreign-token-2";

    private final AuthServer server;

    FactsTest() throws Exception {
        server = new AuthServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private AccessToken facts(String json, String... settings) throws Exception {
        server.know(TOKEN, json);
        try (IntrospectionTokenStore store = Stores.open(server.url(), settings)) {
            return Objects.requireNonNull(Stores.find(store, TOKEN));
        }
    }

    private String outcome(String json) {
        server.know(TOKEN, json);
        try (IntrospectionTokenStore store = Stores.open(server.url())) {
            return Stores.outcome(store, TOKEN);
        }
    }

    @Test
    void everyFactSaysWhereItIsFrom() throws Exception {
        AccessToken token = facts("{\"active\":true,\"sub\":\"ada\",\"jti\":\"j1\",\"scope\":\"read data.edit\","
                + "\"iat\":1772600000,\"exp\":1772700000,\"username\":\"root\",\"client_id\":\"app\"}");

        assertThat(token.kind()).isEqualTo(TokenKind.FOREIGN);
        assertThat(token.id()).isEqualTo("https://login.example|j1");
        assertThat(token.owner()).isEqualTo("https://login.example|ada");
        assertThat(token.createdBy()).isEqualTo("https://login.example");
        assertThat(token.scopes()).containsExactly("read", "data.edit");
        assertThat(token.createdAt()).isEqualTo(Instant.ofEpochSecond(1_772_600_000));
        assertThat(token.expiresAt()).isEqualTo(Instant.ofEpochSecond(1_772_700_000));
        assertThat(token.hint()).isEmpty();
        assertThat(token.name().codePointCount(0, token.name().length())).isBetween(1, 100);
    }

    @Test
    void aTokenWithoutJtiIsNamedByItsHashAndOneWithoutSubByItsClient() throws Exception {
        AccessToken token = facts("{\"active\":true,\"client_id\":\"batch\"}");

        assertThat(token.id()).matches("https://login\\.example\\|[A-Za-z0-9_-]{22}");
        assertThat(token.owner()).isEqualTo("https://login.example|client:batch");
        assertThat(token.createdAt()).isEqualTo(NOW);
        assertThat(token.expiresAt()).isNull();
    }

    @Test
    void twoTokensWithoutJtiHaveTwoIds() throws Exception {
        server.active(TOKEN, "");
        server.active(OTHER, "");
        try (IntrospectionTokenStore store = Stores.open(server.url())) {
            AccessToken one = Objects.requireNonNull(Stores.find(store, TOKEN));
            AccessToken two = Objects.requireNonNull(Stores.find(store, OTHER));
            assertThat(one.id()).isNotEqualTo(two.id());
            assertThat(Stores.find(store, TOKEN))
                    .isNotNull()
                    .extracting(AccessToken::id)
                    .isEqualTo(one.id());
        }
    }

    @Test
    void aTokenThatIsOverIsKnownAndExpired() throws Exception {
        AccessToken token = facts("{\"active\":true,\"sub\":\"ada\",\"exp\":1}");

        assertThat(token.statusAt(NOW.toEpochMilli())).isEqualTo(TokenStatus.EXPIRED);
    }

    @Test
    void whatTheServerIdentifiedOpensForNoTokenOfOurFormat() throws Exception {
        server.active(TOKEN, "");
        try (IntrospectionTokenStore store = Stores.open(server.url())) {
            StoredToken found = Objects.requireNonNull(store.find(Stores.present(TOKEN)));

            assertThat(found.opensWith(Stores.present(TOKEN), NOW.toEpochMilli()))
                    .isTrue();
            assertThat(found.opensWith(new TestTokens().guess("0123456789ABCD"), 0))
                    .isFalse();
        }
    }

    @ParameterizedTest(name = "{0}: {1} → {2}")
    @CsvSource(
            nullValues = "unset",
            value = {
                "unset, read admin tokens.read tokens.manage Admin, read Admin",
                "unset, tokens tokensx administrator, tokens tokensx administrator",
                "read data.*, read write data.edit data. datax, read data. data.edit",
                "tokens.read, tokens.read tokens.manage read, tokens.read",
                "adm*, admin administrator, administrator",
                "*, admin tokens.read read, read tokens.read",
                "'', read, ''",
                "unset, '  read   write read ', read write",
            })
    void scopesPassTheListAndAdminNeverDoes(String list, String granted, String passing) throws Exception {
        String json = "{\"active\":true,\"sub\":\"ada\",\"scope\":\"" + granted + "\"}";

        AccessToken token = list == null ? facts(json) : facts(json, "introspection-scopes", list);

        assertThat(token.scopes())
                .containsExactlyInAnyOrder(passing.isEmpty() ? new String[0] : passing.split(" ", -1));
    }

    @Test
    void whatIsNoScopeNameGrantsNothing() throws Exception {
        AccessToken token = facts("{\"active\":true,\"sub\":\"ada\",\"scope\":\"a\\tb c\\u0000d é \\\"q\\\" ok "
                + "x".repeat(101) + "\"}");

        assertThat(token.scopes()).containsExactly("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\\u0000b",
                "a\\r\\nSet-Cookie: x",
                "a\\u001b[2J",
                "a\\u202eb",
                "a\\u200bb",
                "a\\u2028b",
                "\\ud800",
                "a\\uffff",
                " "
            })
    void aNameWithCharactersThatCannotBeSeenIsRefused(String name) {
        assertThat(outcome("{\"active\":true,\"sub\":\"" + name + "\"}")).isEqualTo("unknown");
        assertThat(outcome("{\"active\":true,\"client_id\":\"" + name + "\"}")).isEqualTo("unknown");
        assertThat(outcome("{\"active\":true,\"sub\":\"ada\",\"jti\":\"" + name + "\"}"))
                .isEqualTo("unknown");
    }

    @Test
    void aNameHasAtMost255Characters() {
        assertThat(outcome("{\"active\":true,\"sub\":\"" + "π".repeat(255) + "\"}"))
                .isEqualTo("active");
        assertThat(outcome("{\"active\":true,\"sub\":\"" + "π".repeat(256) + "\"}"))
                .isEqualTo("unknown");
    }

    @Test
    void tenThousandScopesAreRefusedAndThatManyThatDoNotCountAreNot() {
        String many = IntStream.range(0, 10_000).mapToObj(i -> "s" + i).collect(Collectors.joining(" "));
        assertThat(outcome("{\"active\":true,\"sub\":\"ada\",\"scope\":\"" + many + "\"}"))
                .isEqualTo("unknown");

        String none = "tokens.x ".repeat(7_000);
        assertThat(outcome("{\"active\":true,\"sub\":\"ada\",\"scope\":\"" + none + "\"}"))
                .isEqualTo("active");
    }

    @Test
    void aDeepAnswerIsNotWorthReading() {
        for (int depth : new int[] {40, 30_000}) {
            String deep = "[".repeat(depth) + "]".repeat(depth);
            assertThat(outcome("{\"active\":true,\"sub\":\"ada\",\"x\":" + deep + "}"))
                    .startsWith("unavailable");
        }
    }
}
