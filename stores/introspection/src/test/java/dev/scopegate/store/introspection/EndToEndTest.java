package dev.scopegate.store.introspection;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.scopegate.access.Admission;
import dev.scopegate.access.Requirement;
import dev.scopegate.access.Scopegate;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.ChainedTokenStore;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenStore;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the header's line to the decision, with our own store before this one. */
class EndToEndTest {
    private static final String TOKEN = "foreign-token-1";

    private final TestTokens tokens = new TestTokens();
    private final InMemoryTokenStore own = new InMemoryTokenStore();
    private final AuthServer server;

    EndToEndTest() throws Exception {
        server = new AuthServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Scopegate over(TokenStore... stores) {
        return Scopegate.builder()
                .catalog(ScopeCatalog.of(
                        Scope.named("read"), Scope.named("tokens.read"), Scope.named("admin"), Scope.named("edit")))
                .store(new ChainedTokenStore(List.of(stores)))
                .format(tokens.format())
                .clock(Stores.CLOCK)
                .build();
    }

    private static Admission enter(Scopegate scopegate, String token) {
        return scopegate.check().authenticate(List.of("Bearer " + token).iterator(), () -> ClientAddress.UNKNOWN);
    }

    private static void require(Scopegate scopegate, Admission admission, String scope) throws Exception {
        scopegate.check().authorize(admission, Requirement.allOf(scopegate.catalog(), List.of(scope)), name -> null);
    }

    @Test
    void tokensOfBothKindsOpenWhatTheirScopesSayAndNoMore() throws Exception {
        NewToken ours = tokens.mint("ada", "ci");
        own.add(StoredToken.of(ours), NOW);
        server.active(TOKEN, ",\"scope\":\"read admin tokens.read nonsense\"");
        try (Scopegate scopegate = over(own, Stores.open(server.url()))) {
            assertThat(enter(scopegate, ours.reveal()).accessToken()).isEqualTo(ours.facts());
            assertThat(server.requests).hasValue(0);

            Admission foreign = enter(scopegate, TOKEN);
            AccessToken token = Objects.requireNonNull(foreign.accessToken());
            assertThat(token.owner()).isEqualTo("https://login.example|ada");
            for (String scope : List.of("admin", "tokens.read", "edit", "nonsense")) {
                assertThat(scopegate.check().grants(token, scope)).as(scope).isFalse();
            }
            assertThat(scopegate.check().grants(token, "read")).isTrue();
        }
    }

    @Test
    void aTokenWithAPrefixOfOursNeverLeavesTheProcess() throws Exception {
        NewToken stranger = tokens.mint("eve", "unknown to every store");
        String right = stranger.reveal();
        try (Scopegate scopegate = over(own, Stores.open(server.url()))) {
            for (TokenKind kind : TokenKind.values()) {
                String prefix = kind.standardPrefix();
                if (prefix == null) continue;
                String wrongChecksum = prefix + right.substring(3, right.length() - 1) + other(right);
                for (String token : List.of(prefix + "_", prefix + "_x", wrongChecksum, prefix + "_" + TOKEN)) {
                    assertThat(enter(scopegate, token).accessToken()).as(token).isNull();
                }
            }
            assertThat(enter(scopegate, right).accessToken()).isNull();
        }
        assertThat(server.requests).hasValue(0);
    }

    private static char other(String text) {
        return text.charAt(text.length() - 1) == '0' ? '1' : '0';
    }

    @Test
    void aTokenThatAnEarlierStoreClaimsIsNotAskedAboutThoughItIsUnknownThere() throws Exception {
        try (AuthServer second = new AuthServer();
                Scopegate scopegate = over(
                        own,
                        Stores.open(server.url(), "introspection-token-prefix", "one-"),
                        Stores.open(second.url(), "introspection-issuer", "https://two.example"))) {
            second.active("one-1", "");
            second.active("else", "");

            assertThat(enter(scopegate, "one-1").accessToken()).isNull();
            assertThat(second.requests).hasValue(0);
            assertThat(enter(scopegate, "else").accessToken()).isNotNull();
            assertThat(server.requests).hasValue(1);
        }
    }

    @Test
    void theSameJtiAndSubOfTwoIssuersAreTwoTokensOfTwoOwners() throws Exception {
        try (AuthServer second = new AuthServer();
                Scopegate scopegate = over(
                        Stores.open(server.url(), "introspection-token-prefix", "one-"),
                        Stores.open(second.url(), "introspection-issuer", "https://two.example"))) {
            server.active("one-1", ",\"jti\":\"j1\",\"scope\":\"read\"");
            second.active("two-1", ",\"jti\":\"j1\",\"scope\":\"edit\"");
            for (int round = 0; round < 2; round++) { // from the servers, then from the cache
                AccessToken one =
                        Objects.requireNonNull(enter(scopegate, "one-1").accessToken());
                AccessToken two =
                        Objects.requireNonNull(enter(scopegate, "two-1").accessToken());
                assertThat(one.id()).isEqualTo("https://login.example|j1").isNotEqualTo(two.id());
                assertThat(one.owner()).isEqualTo("https://login.example|ada").isNotEqualTo(two.owner());
                assertThat(one.scopes()).containsExactly("read");
                assertThat(two.scopes()).containsExactly("edit");
            }
            assertThat(server.requests).hasValue(1);
            assertThat(second.requests).hasValue(1);
        }
    }

    @Test
    void whatIsInactiveIsRememberedAndWhatCannotBeToldIsNot() throws Exception {
        try (Scopegate scopegate = over(own, Stores.open(server.url()))) {
            for (int i = 0; i < 9; i++)
                assertThat(enter(scopegate, "junk").accessToken()).isNull();
            assertThat(server.requests).hasValue(1);

            server.active(TOKEN, "");
            server.behave(AuthServer.status(500, ""));
            Admission refused = enter(scopegate, TOKEN);
            Unavailable answer = catchThrowableOfType(Unavailable.class, () -> require(scopegate, refused, "read"));
            assertThat(answer.problem().status()).isEqualTo(503);
            assertThat(Stores.retryAfter(answer)).isPositive();

            server.behave(null);
            assertThat(enter(scopegate, TOKEN).accessToken()).isNotNull();
        }
    }

    @Test
    void aTokenThatIsOverIsRefusedThoughTheServerCallsItActive() throws Exception {
        server.active(TOKEN, ",\"scope\":\"read\",\"exp\":" + NOW.getEpochSecond());
        try (Scopegate scopegate = over(own, Stores.open(server.url()))) {
            assertThatThrownBy(() -> require(scopegate, enter(scopegate, TOKEN), "read"))
                    .isInstanceOf(AccessDenied.class)
                    .hasMessage("invalid_token");
        }
    }

    @Test
    void settingsAlonePutItBehindTheTokenFile(@TempDir Path folder) throws Exception {
        server.active(TOKEN, ",\"scope\":\"read\"");
        Map<String, String> settings = Stores.settings(server.url());
        settings.put("store", "json-file,introspection");
        settings.put(
                "token-file",
                Files.writeString(folder.resolve("t.json"), "{\"tokens\":[]}").toString());
        settings.put(
                "scope-catalog",
                Files.writeString(folder.resolve("s.json"), "{\"scopes\":[{\"name\":\"read\"}]}")
                        .toString());
        try (Scopegate scopegate = Scopegate.start(Stores.configuration(settings))) {
            require(scopegate, enter(scopegate, TOKEN), "read");
            assertThat(scopegate.store().size()).isEqualTo(1);
        }
    }
}
