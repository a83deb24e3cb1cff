package dev.scopegate.testkit;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every store does when many threads write, and what it tells of each write. */
public abstract class TokenRaceContract extends TokenStoreHarness {
    @Test
    void ofThirtyTwoThreadsThatAddTheSameNameExactlyOneWins() throws Exception {
        List<Boolean> added = AtOnce.run(32, thread -> store().add(tokens.stored("ada", "ci"), NOW));

        assertThat(added).containsOnlyOnce(true);
        assertThat(Pages.all(store())).hasSize(1);
    }

    @Test
    void ofThirtyTwoThreadsThatAddTheSameIdExactlyOneWins() throws Exception {
        StoredToken token = tokens.stored("ada", "ci");

        List<Boolean> added = AtOnce.run(32, thread -> {
            String owner = "owner-" + thread;
            AccessToken facts = AccessToken.builder(
                            token.token().kind(), token.token().id(), "ci", owner)
                    .build();
            return store().add(new StoredToken(facts, token.secrets()), NOW);
        });

        assertThat(added).containsOnlyOnce(true);
        assertThat(Pages.all(store())).hasSize(1);
    }

    @Test
    void whatIsRevokedWhileOthersAddIsRevokedAndNothingThatWasAddedIsLost() throws Exception {
        List<String> doomed = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            StoredToken token = tokens.stored("ada", "doomed-" + i);
            store().add(token, NOW);
            doomed.add(token.token().id());
        }

        AtOnce.run(8, thread -> {
            for (int i = 0; i < 4; i++) {
                if (thread < 4) store().revoke(doomed.get(thread * 4 + i), NOW, "ada");
                else store().add(tokens.stored("ada", "added-" + thread + "-" + i), NOW);
            }
            return thread;
        });

        Set<String> active = new TreeSet<>();
        Set<String> revoked = new TreeSet<>();
        for (AccessToken token : Pages.all(store())) {
            boolean works = token.statusAt(NOW.toEpochMilli()) == TokenStatus.ACTIVE;
            (works ? active : revoked).add(works ? token.name() : token.id());
        }
        assertThat(revoked).containsExactlyInAnyOrderElementsOf(doomed);
        assertThat(active).hasSize(16).allMatch(name -> name.startsWith("added-"));
    }

    @Test
    void ofManyRevocationsAtOnceOneInstantIsKeptAndAllCallersSeeIt() throws Exception {
        StoredToken token = tokens.stored("ada", "ci");
        store().add(token, NOW);

        List<Instant> seen = AtOnce.run(16, thread -> {
            AccessToken revoked = store().revoke(token.token().id(), NOW.plusSeconds(thread), "by-" + thread);
            return revokedAt(revoked);
        });

        assertThat(Set.copyOf(seen)).hasSize(1).doesNotContain(Instant.MAX);
        assertThat(kept(token.token()).token().revokedAt()).isEqualTo(seen.get(0));
    }

    @RepeatedTest(5)
    void aRevocationWinsOverEveryReplacementAtTheSameTime() throws Exception {
        StoredToken token = tokens.stored("ada", "ci");
        store().add(token, NOW);
        String id = token.token().id();

        List<String> outcomes = AtOnce.run(8, thread -> {
            if (thread == 0) return revokedAt(store().revoke(id, NOW, "ada")).toString();
            List<String> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                StoredToken seen = kept(token.token());
                AccessToken renamed =
                        seen.token().toBuilder().name("n-" + thread + "-" + i).build();
                all.add(store().replace(seen, seen.with(renamed), NOW).name());
            }
            return String.join(" ", all);
        });

        assertThat(outcomes).first().isEqualTo(NOW.toString());
        assertThat(outcomes.subList(1, 8)).allMatch(all -> all.matches("((DONE|CONFLICT) ?)+"));
        assertThat(kept(token.token()).token().revokedAt()).isEqualTo(NOW);
        StoredToken dead = kept(token.token());
        assertThat(store().replace(dead, token, NOW)).isEqualTo(TokenRepository.Replacement.CONFLICT);
        assertThat(store().add(tokens.stored("ada", dead.token().name()), NOW)).isTrue(); // its name is free
    }

    private static Instant revokedAt(@Nullable AccessToken token) {
        Instant at = token == null ? null : token.revokedAt();
        return at == null ? Instant.MAX : at;
    }

    @Test
    void ofManyDeletionsAtOnceExactlyOneFindsTheToken() throws Exception {
        StoredToken token = tokens.stored("ada", "ci");
        store().add(token, NOW);

        List<Boolean> deleted =
                AtOnce.run(16, thread -> store().delete(token.token().id()));

        assertThat(deleted).containsOnlyOnce(true);
    }

    @Test
    void aChangeIsToldAfterItCanBeSeenAndBeforeTheCallReturns() throws Exception {
        StoredToken token = tokens.stored("ada", "ci");
        String id = token.token().id();
        List<String> seen = new CopyOnWriteArrayList<>();
        TokenRepository store = store();
        store.changes().subscribe(change -> {
            if (change.concerns(token.token())) seen.add(stateOf(store, id));
        });

        store.add(token, NOW);
        assertThat(seen).isNotEmpty().containsOnly("active");
        seen.clear();
        store.revoke(id, NOW, "ada");
        assertThat(seen).isNotEmpty().containsOnly("revoked");
        seen.clear();
        store.delete(id);
        assertThat(seen).isNotEmpty().containsOnly("absent");
    }

    private static String stateOf(TokenRepository store, String id) {
        try {
            StoredToken found = store.get(id);
            return found == null
                    ? "absent"
                    : found.token().statusAt(NOW.toEpochMilli()).wireName();
        } catch (Exception e) {
            return e.toString();
        }
    }

    @Test
    void everySubscriberHearsOfEveryChange() throws Exception {
        List<TokenChange> first = new CopyOnWriteArrayList<>();
        List<TokenChange> second = new CopyOnWriteArrayList<>();
        store().changes().subscribe(first::add);
        store().changes().subscribe(second::add);
        StoredToken token = tokens.stored("ada", "ci");

        store().add(token, NOW);

        assertThat(first).anyMatch(change -> change.concerns(token.token()));
        assertThat(second).anyMatch(change -> change.concerns(token.token()));
    }
}
