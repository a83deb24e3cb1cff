package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.access.ResourceDecision;
import dev.scopegate.access.ResourceGuard;
import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.Settings;
import dev.scopegate.event.AuditEvent;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.scope.ScopeSet;
import dev.scopegate.store.ChainedTokenStore;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.InMemoryKeyRing;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.KeyRing;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.jwt.JwtTokenStore;
import dev.scopegate.store.jwt.OwnKeys;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** A token service as tests want it, over a store in memory, with a clock that they set. Its administrator is {@code root}. */
final class Desk implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-04T05:06:07.089Z");
    static final ScopeCatalog CATALOG = ScopeCatalog.of(
            new Scope("public", "", "", List.of(), true),
            Scope.named("data.overview").implying("public"),
            Scope.named("data.data").implying("data.overview"),
            Scope.named("data.edit").implying("data.data"),
            Scope.named("job:execute"),
            Scope.named("tokens.read"),
            Scope.named("tokens.manage").implying("tokens.read"),
            Scope.named("admin"));

    /** A clock that stands until it is set. */
    static final class Hands extends Clock {
        volatile Instant now = START;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    /** Datasets belong to the organization of demonstrations. */
    private static final class Guard implements ResourceGuard {
        @Override
        public ResourceDecision decide(AccessToken token, String resource) {
            return ResourceDecision.ok(resource);
        }

        @Override
        public @Nullable String parentOf(String resource) {
            return resource.startsWith("dataset:") ? "organization:demo" : null;
        }
    }

    /** Everybody who has signed up, each with a password of that test. */
    static final class People implements UserDirectory {
        final Map<String, String> passwords = new ConcurrentHashMap<>();
        volatile boolean away;
        volatile Instant since = START.minusSeconds(60);

        private void requireThere() throws Unavailable {
            if (away) throw new Unavailable("the directory is away, on purpose", null);
        }

        @Override
        public @Nullable Entry authenticate(String name, String password) throws Unavailable {
            requireThere();
            return password.equals(passwords.get(name)) ? find(name) : null;
        }

        @Override
        public @Nullable Entry find(String name) throws Unavailable {
            requireThere();
            if (!passwords.containsKey(name)) return null;
            return new Entry("1-" + name, name, name + "@example.org", "demo", "Somebody", true, since);
        }
    }

    static final String ISSUER = "urn:example:desk";

    final Hands clock = new Hands();
    final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    final TokenRepository store;
    final Denylist denylist;
    final SigningKeys keys;
    final People users = new People();
    final Scopegate scopegate;
    final Issuer issuer;

    Desk() {
        this(new InMemoryTokenStore(), false);
    }

    Desk(TokenRepository store, boolean adminOnly) {
        this(store, adminOnly, "memory");
    }

    Desk(TokenRepository store, boolean adminOnly, String auditLog) {
        this(store, adminOnly, Map.of("audit-log", auditLog));
    }

    Desk(TokenRepository store, boolean adminOnly, Map<String, String> settings) {
        this.store = store;
        this.keys = signingKeys(new InMemoryKeyRing(), SigningAlgorithm.ES256);
        this.scopegate = Scopegate.builder()
                .configuration(Configuration.builder(Settings.ALL)
                        .add("test", settings)
                        .build())
                .listener(events::add)
                .catalog(CATALOG)
                .store(store)
                .around(kept ->
                        new ChainedTokenStore(List.of(Login.standing(verifying(keys, kept.denylist()), users), kept)))
                .guard(new Guard())
                .clock(clock)
                .build();
        this.denylist = Objects.requireNonNull(scopegate.store().denylist());
        this.issuer = Issuer.builder(scopegate)
                .administrators("root"::equals)
                .adminOnly(adminOnly)
                .jwts(new JwtMint(ISSUER, keys))
                .users(users)
                .clock(clock)
                .build();
    }

    /** What was told since this was last asked: type, outcome, code, actor, token, resource and address of each. */
    List<String> told() {
        List<String> told = events.stream()
                .map(event -> String.join(
                        " ",
                        event.type().wireName(),
                        event.outcome().wireName(),
                        event.code(),
                        event.actor(),
                        event.tokenId(),
                        event.resource(),
                        event.clientIp()))
                .toList();
        events.clear();
        return told;
    }

    /** A token of ada's that is bounded in every way there is. */
    NewToken narrow() throws AccessDenied, Unavailable {
        TokenDraft draft = TokenDraft.of("narrow", "data.data", "tokens.manage")
                .owner("ada")
                .resources(List.of("dataset:a"))
                .allowedNetworks(List.of("127.0.0.0/8"))
                .expiresAt(Instant.parse("2030-01-01T00:00:00Z"));
        return tokens().mint(root(), draft);
    }

    SigningKeys signingKeys(KeyRing ring, SigningAlgorithm algorithm) {
        try {
            return SigningKeys.open(ring, algorithm, Duration.ofDays(90), clock);
        } catch (Unavailable e) {
            throw new AssertionError(e);
        }
    }

    /** Verifies what these keys signed, as another node does with the same ring. */
    JwtTokenStore verifying(SigningKeys with, @Nullable Denylist shared) {
        OwnKeys own = new OwnKeys() {
            @Override
            public List<JWK> current() throws Unavailable {
                return with.current();
            }

            @Override
            public List<JWK> reread() throws Unavailable {
                return with.reread();
            }
        };
        return JwtTokenStore.ofOwn(ISSUER, own, clock, shared);
    }

    /** Whether a JWT is let in now. */
    boolean admits(String jwt) {
        return admitted(jwt) != null;
    }

    @Nullable AccessToken admitted(String jwt) {
        return scopegate
                .check()
                .authenticate(List.of("Bearer " + jwt).iterator(), () -> ClientAddress.UNKNOWN)
                .accessToken();
    }

    TokenIssuer tokens() {
        return issuer.tokens();
    }

    /** Somebody with a token of these scopes and nothing else to bound it. */
    static User user(String name, String... scopes) {
        Bounds bounds = new Bounds(ScopeSet.of(scopes), List.of(), List.of(), null);
        return new User(name, name.equals("root"), true, bounds, false);
    }

    static User root() {
        return user("root", "admin");
    }

    /** Somebody who has every scope but {@code admin}. */
    static User of(String name) {
        return new User(name, false, true, Bounds.everything(CATALOG, false), false);
    }

    BearerToken read(NewToken token) {
        return Objects.requireNonNull(scopegate.format().read(token.reveal()));
    }

    /** Whether the token's secret is one that the store takes now, and the token active. */
    boolean works(NewToken token) throws Exception {
        StoredToken stored = store.find(read(token));
        return stored != null
                && stored.opensWith(read(token), clock.millis())
                && OwnedTokens.isActive(stored.token(), clock.instant());
    }

    /** The refusal's status and codes, each with the field that it names. */
    static String refusal(ThrowingCallable call) {
        Problem[] problem = new Problem[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(AccessDenied.class, denied -> problem[0] = denied.problem());
        return problem[0].status() + " "
                + problem[0].errors().stream()
                        .map(one -> one.code() + (one.attr() == null ? "" : "@" + one.attr()))
                        .collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        scopegate.close();
    }
}
