package dev.scopegate.testkit;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.Denylist;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.TokenKind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every store does that several nodes share: the contract of every store, and what a second node hears. */
public abstract class TwoNodesContract extends TokenStoreContract {
    /** A second store on what the first one keeps its tokens in. */
    protected abstract TokenRepository another() throws Exception;

    @Override
    protected TokenRepository reopen(TokenRepository before) throws Exception {
        before.close();
        return another();
    }

    @Test
    void anotherNodeHearsOfARevocationAfterItCanSeeIt() throws Exception {
        try (TokenRepository other = another()) {
            BlockingQueue<TokenChange> heard = heardOn(other);
            for (int i = 0; i < 20; i++) {
                var stored = tokens.stored("ada", "ci-" + i);
                TokenChange change = new TokenChange.OfToken(stored.token().id());
                store().add(stored, NOW);
                await(heard, change);
                store().revoke(stored.token().id(), NOW, "ada");
                await(heard, change);
                assertThat(revokedAt(other, stored.token().id())).isEqualTo(NOW.toString());
            }
        }
    }

    @Test
    void whoEndsATokenThatAnotherNodeHasEndedHearsOfItBeforeTheCallReturns() throws Exception {
        var revoked = tokens.stored("ada", "revoked");
        var deleted = tokens.stored("ada", "deleted");
        var minted = StoredToken.of(tokens.mint(TokenKind.ACCESS, "ada", "minted", facts -> facts.parent("key-1")));
        var gone = tokens.stored("ada", "gone");
        for (StoredToken token : List.of(revoked, deleted, minted, gone)) store().add(token, NOW);
        try (TokenRepository other = another()) {
            store().revoke(revoked.token().id(), NOW, "ada");
            store().delete(deleted.token().id());
            store().revokeAllOf("key-1", NOW, "ada");
            store().delete(gone.token().id());
            List<TokenChange> own = new CopyOnWriteArrayList<>();
            Thread caller = Thread.currentThread(); // what the feed brings comes on another
            other.changes().subscribe(change -> {
                if (Thread.currentThread() == caller) own.add(change);
            });

            other.revoke(revoked.token().id(), NOW, "ada");
            other.delete(deleted.token().id());
            other.revokeAllOf("key-1", NOW, "ada");
            assertThat(other.revoke(gone.token().id(), NOW, "ada")).isNull();

            assertThat(own)
                    .containsExactly(
                            new TokenChange.OfToken(revoked.token().id()),
                            new TokenChange.OfToken(deleted.token().id()),
                            new TokenChange.OfParent("key-1"),
                            new TokenChange.OfToken(gone.token().id()));
        }
    }

    private static String revokedAt(TokenRepository node, String id) throws Exception {
        var found = node.get(id);
        return found == null ? "nothing" : String.valueOf(found.token().revokedAt());
    }

    @Test
    void aNodeHearsOfItsOwnChangeOnceAndOfThoseBeforeItWasOpenedNever() throws Exception {
        var before = tokens.stored("ada", "before");
        store().add(before, NOW);
        try (TokenRepository other = another()) {
            BlockingQueue<TokenChange> heard = heardOn(other);
            var own = tokens.stored("ada", "own");
            var last = tokens.stored("ada", "last");
            other.add(own, NOW);
            store().add(last, NOW);

            // The last one came through the feed, so the others would have come as well.
            assertThat(next(heard))
                    .isEqualTo(new TokenChange.OfToken(own.token().id()));
            assertThat(next(heard))
                    .isEqualTo(new TokenChange.OfToken(last.token().id()));
            assertThat(heard).isEmpty();
        }
    }

    private static Denylist denylist(TokenRepository node) {
        return Objects.requireNonNull(node.denylist());
    }

    @Test
    void aJwtThatIsDeniedOnOneNodeIsDeniedOnAnotherWhichHearsOfIt() throws Exception {
        String jti = "https://issuer.example|" + "j".repeat(255);
        try (TokenRepository other = another()) {
            BlockingQueue<TokenChange> heard = heardOn(other);
            List<TokenChange> heardHere = new CopyOnWriteArrayList<>();
            store().changes().subscribe(heardHere::add);
            assertThat(denylist(other).denies(jti)).isFalse();

            denylist(store()).deny(jti, Instant.now().plusSeconds(3600));

            assertThat(heardHere).containsExactly(new TokenChange.OfJti(jti));
            await(heard, new TokenChange.OfJti(jti));
            assertThat(denylist(other).denies(jti)).isTrue();
            assertThat(denylist(other).denies(jti + "x")).isFalse();
        }
    }

    @Test
    void aDenialIsForgottenWhenTheTokenHasExpiredAndNotBefore() throws Exception {
        denylist(store())
                .deny("over", Instant.now().minus(Denylist.LONGEST_SKEW).minusSeconds(1));
        denylist(store())
                .deny("prolonged", Instant.now().minus(Denylist.LONGEST_SKEW).minusSeconds(1));
        denylist(store()).deny("prolonged", Instant.now().plusSeconds(3600));
        denylist(store()).deny("prolonged", Instant.now().plusSeconds(60));
        denylist(store()).deny("expired, but within the skew", Instant.now().minusSeconds(60));
        denylist(store()).deny("later", Instant.now().plusSeconds(3600));

        assertThat(denylist(store()).denies("over")).isFalse();
        assertThat(denylist(store()).denies("prolonged")).isTrue();
        assertThat(denylist(store()).denies("expired, but within the skew")).isTrue();
        assertThat(denylist(store()).denies("later")).isTrue();
    }

    @Test
    void ofManyNodesThatDenyTheSameJwtAllSucceed() throws Exception {
        try (TokenRepository other = another()) {
            List<Boolean> denied = AtOnce.run(16, thread -> {
                Denylist list = denylist(thread % 2 == 0 ? store() : other);
                list.deny("jti", Instant.now().plusSeconds(3600));
                return list.denies("jti");
            });
            assertThat(denied).containsOnly(true);
        }
    }

    @Test
    void aListenerThatBreaksWithAnErrorEndsNoFeed() throws Exception {
        try (TokenRepository other = another()) {
            AtomicBoolean broken = new AtomicBoolean();
            other.changes().subscribe(change -> {
                if (broken.compareAndSet(false, true)) throw new NoClassDefFoundError("a class of the application");
            });
            BlockingQueue<TokenChange> heard = heardOn(other);
            store().add(tokens.stored("ada", "one"), NOW);
            await(heard, new TokenChange.OfEverything()); // whoever broke may have missed something

            var last = tokens.stored("ada", "last");
            store().add(last, NOW);
            await(heard, new TokenChange.OfToken(last.token().id()));
        }
    }

    /** The changes that a node tells of from now on. */
    public static BlockingQueue<TokenChange> heardOn(TokenRepository node) {
        BlockingQueue<TokenChange> heard = new LinkedBlockingQueue<>();
        node.changes().subscribe(heard::add);
        return heard;
    }

    /** Waits until a change is told, whatever is told before it. */
    public static void await(BlockingQueue<TokenChange> heard, TokenChange wanted) throws InterruptedException {
        TokenChange change;
        do {
            change = next(heard);
        } while (!change.equals(wanted));
    }

    private static TokenChange next(BlockingQueue<TokenChange> heard) throws InterruptedException {
        TokenChange change = heard.poll(30, TimeUnit.SECONDS);
        assertThat(change).as("a change within half a minute").isNotNull();
        return change;
    }

    @Test
    void whatIsAddedOnOneNodeIsFoundOnAnother() throws Exception {
        try (TokenRepository other = another()) {
            var stored = tokens.stored("ada", "ci");
            store().add(stored, NOW);
            assertThat(other.get(stored.token().id())).isEqualTo(stored);
            assertThat(other.add(tokens.stored("ada", "ci"), NOW)).isFalse();
        }
    }

    @Test
    void ofTwoNodesThatAddTheSameNameExactlyOneWins() throws Exception {
        try (TokenRepository other = another()) {
            for (int i = 0; i < 8; i++) {
                String name = "ci-" + i;
                List<Boolean> added = AtOnce.run(8, thread -> {
                    TokenRepository node = thread % 2 == 0 ? store() : other;
                    return node.add(tokens.stored("ada", name), NOW);
                });
                assertThat(added).containsOnlyOnce(true);
            }
            assertThat(Pages.all(store())).hasSize(8);
        }
    }
}
