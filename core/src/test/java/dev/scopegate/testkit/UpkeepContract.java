package dev.scopegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.Settings;
import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditType;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.AuditQuery;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What two running nodes do between them, from time to time. Extend it, open your store, and run it as a test. */
public abstract class UpkeepContract {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Configuration OFTEN = Configuration.builder(Settings.ALL)
            .add("test", Map.of("audit-log", "token-store", "upkeep-interval", "20ms"))
            .build();

    private final TestTokens tokens = new TestTokens();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    /** The store as one more node sees it. All of one test share a place. */
    protected abstract TokenRepository node() throws Exception;

    private Scopegate start() throws Exception {
        return Scopegate.builder()
                .configuration(OFTEN)
                .catalog(ScopeCatalog.of(Scope.named("public")))
                .store(node())
                .build();
    }

    private AccessToken expiring(TokenRepository store, String name, Duration left) throws Exception {
        StoredToken token = StoredToken.of(tokens.mint(
                TokenKind.PERSONAL,
                "ada",
                name + " " + now,
                facts -> facts.createdAt(now.minus(Duration.ofDays(365))).expiresAt(now.plus(left))));
        assertThat(store.add(token, now)).isTrue();
        return token.token();
    }

    private static List<AuditEvent> warnings(Scopegate node, AccessToken token) throws Unavailable {
        AuditLog log = Objects.requireNonNull(node.audit());
        return log.page(AuditQuery.ALL.type(AuditType.TOKEN_EXPIRING).tokenId(token.id()), null, 10)
                .events();
    }

    private static void awaitWarning(Scopegate node, AccessToken token) throws Exception {
        long start = System.nanoTime();
        while (warnings(node, token).isEmpty()) {
            assertThat(System.nanoTime() - start).isLessThan(PATIENCE_NANOS);
            Thread.onSpinWait();
        }
    }

    @Test
    void whatIsOverIsRemovedAndATokenNearItsEndIsToldOfByOneOfThem() throws Exception {
        try (Scopegate one = start()) {
            TokenRepository store = Objects.requireNonNull(one.repository());
            AccessToken dead = expiring(store, "dead", Duration.ofDays(-91));
            AccessToken first = expiring(store, "first", Duration.ofDays(3));
            AccessToken last;
            try (Scopegate other = start()) {
                awaitWarning(other, first);
                last = expiring(store, "last", Duration.ofDays(3));
                awaitWarning(one, last);
            }
            try (Scopegate restarted = start()) {
                AccessToken another = expiring(store, "another", Duration.ofDays(3));
                awaitWarning(restarted, another);
            }
            assertThat(warnings(one, first)).hasSize(1);
            assertThat(warnings(one, last)).hasSize(1);
            assertThat(store.get(dead.id())).isNull();
            assertThat(store.get(first.id())).isNotNull();
        }
    }
}
