package dev.scopegate.access;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.net.ClientAddresses;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenStore;
import dev.scopegate.testkit.Pages;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.AccessTokenBuilder;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A check over a store of a few tokens, with a guard that knows a small tree of data sets. */
abstract class AccessHarness {
    static final ClientAddress HERE = ClientAddress.ofPeer("192.0.2.7");
    static final ScopeCatalog CATALOG = ScopeCatalog.of(
            Scope.named("read"), Scope.named("edit").implying("read"), Scope.named("jobs"), Scope.named("admin"));

    final TestTokens tokens = new TestTokens();
    final InMemoryTokenStore store = new InMemoryTokenStore();
    /** Set by a test: the store does not answer. */
    boolean down;
    /** How often the store was asked past every cache. */
    int live;

    final TokenStore switchable = new TokenStore() {
        @Override
        public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
            if (down) throw new Unavailable("the store is down", null);
            return store.find(presented);
        }

        @Override
        public @Nullable StoredToken findLive(BearerToken presented) throws Unavailable {
            live++;
            return find(presented);
        }
    };

    final ResourceGuard guard = new ResourceGuard() {
        @Override
        public ResourceDecision decide(AccessToken token, String resource) throws Unavailable {
            return switch (resource) {
                case "dataset:hidden" -> ResourceDecision.hidden();
                case "dataset:denied" -> ResourceDecision.denied();
                case "dataset:small" -> ResourceDecision.tooSmall("edit");
                case "dataset:unsure" -> throw new Unavailable("the database is down", null);
                default -> ResourceDecision.ok(resource.replace("alias-of-", ""));
            };
        }

        @Override
        public @Nullable String parentOf(String resource) {
            if (resource.startsWith("dataset:loop")) return resource;
            if (resource.startsWith("dataset:")) return "organization:demo";
            return resource.startsWith("organization:") ? "universe" : null;
        }
    };

    final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private final Audit audit = new Audit(events::add, Clock.fixed(NOW, ZoneOffset.UTC));

    final AccessCheck check = new AccessCheck(
            tokens.format(),
            switchable,
            CATALOG,
            guard,
            Clock.fixed(NOW, ZoneOffset.UTC),
            new LastUses(null, Duration.ZERO, audit, Background.on(null)),
            null,
            ClientAddresses.DIRECT,
            audit,
            Duration.ofDays(7));

    final NewToken kept(UnaryOperator<AccessTokenBuilder> facts) throws Exception {
        return kept(TokenKind.PERSONAL, facts);
    }

    final NewToken kept(TokenKind kind, UnaryOperator<AccessTokenBuilder> facts) throws Exception {
        NewToken token = tokens.mint(kind, "ada", "ci-" + Pages.all(store).size(), facts);
        store.add(StoredToken.of(token), NOW);
        return token;
    }

    final NewToken withScopes(String... scopes) throws Exception {
        return kept(facts -> facts.scopes(List.of(scopes)));
    }

    final Admission enter(String... authorization) {
        return check.authenticate(List.of(authorization).iterator(), () -> HERE);
    }

    final Admission enter(NewToken token) {
        return enter("Bearer " + token.reveal());
    }

    static Requirement all(String... scopes) {
        return Requirement.allOf(CATALOG, List.of(scopes));
    }

    static Requirement on(String resource, String... scopes) {
        return all(scopes).on(ResourceTemplate.parse(resource));
    }

    /** {@code ok}, or the code of the refusal with its status. */
    final String ask(Admission admission, Requirement need) {
        return codeOf(() -> check.authorize(admission, need, Map.of("id", "penguins")::get));
    }

    static String codeOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        if (thrown == null) return "ok";
        if (thrown instanceof AccessDenied denied)
            return denied.problem().status() + " " + denied.problem().code();
        return thrown instanceof Unavailable down ? down.problem().status() + " unavailable" : thrown.toString();
    }
}
