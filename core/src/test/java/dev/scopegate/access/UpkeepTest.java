package dev.scopegate.access;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditType;
import dev.scopegate.store.AuditQuery;
import dev.scopegate.store.InMemoryAuditLog;
import dev.scopegate.store.InMemoryNodeLocks;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.Pages;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UpkeepTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Upkeep.Keep USUAL = new Upkeep.Keep(DAY.multipliedBy(90), DAY.multipliedBy(400));

    private final TestTokens tokens = new TestTokens();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final InMemoryNodeLocks locks = new InMemoryNodeLocks();
    private final InMemoryAuditLog log = new InMemoryAuditLog(10_000);
    private final List<AuditEvent> events = new ArrayList<>();

    private Upkeep node(Instant now, Upkeep.Keep keep) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        Audit audit = new Audit(events::add, clock);
        ExpiryWarnings warnings = new ExpiryWarnings(store, locks, DAY.multipliedBy(7), audit, clock);
        return new Upkeep(locks, store, log, warnings, keep, audit, clock);
    }

    private AccessToken expiring(TokenKind kind, String name, @Nullable Instant end) throws Exception {
        StoredToken token = StoredToken.of(tokens.mint(kind, "ada", name, facts -> facts.expiresAt(end)));
        store.add(token, NOW);
        return token.token();
    }

    private List<String> names() throws Exception {
        return Pages.all(store).stream().map(AccessToken::name).sorted().toList();
    }

    private List<@Nullable String> told(AuditType type) {
        return events.stream()
                .filter(event -> event.type() == type)
                .map(AuditEvent::tokenId)
                .toList();
    }

    @Test
    void tokensThatHaveLongBeenDeadAreRemovedAndToldOf() throws Exception {
        expiring(TokenKind.PERSONAL, "alive", null);
        expiring(TokenKind.PERSONAL, "dead", NOW.minus(DAY.multipliedBy(90)));
        expiring(
                TokenKind.PERSONAL, "long dead", NOW.minus(DAY.multipliedBy(90)).minusMillis(1));
        AccessToken revoked = expiring(TokenKind.PERSONAL, "revoked", null);
        store.revoke(revoked.id(), NOW.minus(DAY.multipliedBy(91)), "ada");

        node(NOW, new Upkeep.Keep(Duration.ZERO, Duration.ZERO)).run();
        assertThat(names()).hasSize(4);
        node(NOW, USUAL).run();

        assertThat(names()).containsExactly("alive", "dead");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuditType.TOKENS_PURGED);
            assertThat(event.records()).isEqualTo(2);
        });
        node(NOW, USUAL).run();
        assertThat(events).hasSize(1);
    }

    @Test
    void moreThanABatchIsRemoved() throws Exception {
        for (int i = 0; i < 1_001; i++) expiring(TokenKind.ACCESS, "ci-" + i, Instant.EPOCH);

        node(NOW, USUAL).run();

        assertThat(names()).isEmpty();
        assertThat(events).singleElement().extracting(AuditEvent::records).isEqualTo(1_001L);
    }

    @Test
    void eventsAreRemovedWhenTheyHaveBeenKeptLongEnough() {
        long end = NOW.minus(DAY.multipliedBy(400)).toEpochMilli();
        AuditEvent young = AuditEvent.of(AuditType.LOGIN, end).build();
        List<AuditEvent> old = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            old.add(AuditEvent.of(AuditType.LOGIN, end - 1 - i).build());
        }
        log.append(old);
        log.append(List.of(young));

        node(NOW, new Upkeep.Keep(DAY, Duration.ZERO)).run();
        assertThat(log.page(AuditQuery.ALL, null, 9_999).events()).hasSize(2_501);
        node(NOW, USUAL).run();

        assertThat(log.page(AuditQuery.ALL, null, 9_999).events()).containsExactly(young);
    }

    @Test
    void aTokenThatExpiresSoonIsToldOfOnce() throws Exception {
        AccessToken soon = expiring(TokenKind.PERSONAL, "soon", NOW.plus(DAY.multipliedBy(7)));
        AccessToken key = expiring(TokenKind.API_KEY_SECRET, "key", NOW.plus(DAY));
        AccessToken later = expiring(
                TokenKind.PERSONAL, "later", NOW.plus(DAY.multipliedBy(7)).plusMillis(1));
        expiring(TokenKind.PERSONAL, "never", null);
        expiring(TokenKind.PERSONAL, "over", NOW);
        expiring(TokenKind.ACCESS, "of the day", NOW.plus(DAY));
        expiring(TokenKind.REFRESH, "refresh", NOW.plus(DAY));
        store.revoke(expiring(TokenKind.PERSONAL, "revoked", NOW.plus(DAY)).id(), NOW, "ada");
        Upkeep one = node(NOW, USUAL);
        Upkeep other = node(NOW, USUAL);

        one.run();
        other.run();
        one.run();

        assertThat(told(AuditType.TOKEN_EXPIRING)).containsExactlyInAnyOrder(soon.id(), key.id());
        assertThat(events).extracting(AuditEvent::actor).containsOnly("ada");

        node(NOW.plusMillis(1), USUAL).run();
        one.run();
        assertThat(told(AuditType.TOKEN_EXPIRING)).containsExactlyInAnyOrder(soon.id(), key.id(), later.id());
    }

    @Test
    void whileOneNodeIsAtItAnotherLeavesIt() throws Exception {
        expiring(TokenKind.PERSONAL, "long dead", Instant.EPOCH);
        assertThat(locks.take(Upkeep.LOCK, "another node", DAY)).isTrue();
        node(NOW, USUAL).run();
        assertThat(names()).hasSize(1);

        locks.giveBack(Upkeep.LOCK, "another node");
        node(NOW, USUAL).run();

        assertThat(names()).isEmpty();
        assertThat(locks.take(Upkeep.LOCK, "another node", DAY)).isTrue(); // it was given back
    }

    @Test
    void whoeverHasClosedDoesNothingMore() throws Exception {
        expiring(TokenKind.PERSONAL, "long dead", Instant.EPOCH);
        Upkeep node = node(NOW, USUAL);
        node.close();

        node.run();

        assertThat(names()).hasSize(1);
    }
}
