package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.access.ResourceDecision;
import dev.scopegate.access.ResourceGuard;
import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.Settings;
import dev.scopegate.event.AuditEvent;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.scope.ScopeSet;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
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

    final Hands clock = new Hands();
    final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    final TokenRepository store;
    final Scopegate scopegate;
    final Issuer issuer;

    Desk() {
        this(new InMemoryTokenStore(), false);
    }

    Desk(TokenRepository store, boolean adminOnly) {
        this(store, adminOnly, "memory");
    }

    Desk(TokenRepository store, boolean adminOnly, String auditLog) {
        this.store = store;
        this.scopegate = Scopegate.builder()
                .configuration(Configuration.builder(Settings.ALL)
                        .add("test", Map.of("audit-log", auditLog))
                        .build())
                .listener(events::add)
                .catalog(CATALOG)
                .store(store)
                .guard(new Guard())
                .clock(clock)
                .build();
        this.issuer = Issuer.builder(scopegate)
                .administrators("root"::equals)
                .adminOnly(adminOnly)
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
