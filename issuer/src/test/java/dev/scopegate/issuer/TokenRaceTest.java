package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.token.NewToken;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

/** What threads that change one token at once do to it. */
class TokenRaceTest {
    private static final int THREADS = 32;

    @RepeatedTest(5)
    void ofThirtyTwoRotationsOfWhatAllHaveSeenOneWinsAndTheOthersAreConflicts() throws Exception {
        try (Desk desk = new Desk(new SeenByAll().store(), false)) {
            User ada = Desk.of("ada");
            NewToken first = desk.tokens().mint(ada, TokenDraft.of("ci"));

            List<String> outcomes = AtOnce.run(THREADS, thread -> rotated(desk, ada, first));

            assertThat(outcomes).containsOnlyOnce("works").hasSize(THREADS);
            assertThat(outcomes.stream().filter("conflict"::equals)).hasSize(THREADS - 1);
            assertThat(desk.works(first)).isFalse();
        }
    }

    private static String rotated(Desk desk, User user, NewToken token) throws Exception {
        try {
            NewToken rotated = desk.tokens().rotate(user, token.facts().id(), Duration.ZERO);
            return desk.works(rotated) ? "works" : "dead";
        } catch (AccessDenied e) {
            return e.problem().code();
        }
    }

    /** Lets no thread see a token before all have asked for it. */
    private static final class SeenByAll {
        private final CyclicBarrier all = new CyclicBarrier(THREADS);
        private final InMemoryTokenStore kept = new InMemoryTokenStore();

        TokenRepository store() {
            return new Forwarding(kept) {
                @Override
                public @Nullable StoredToken get(String id) throws Unavailable {
                    StoredToken seen = super.get(id);
                    try {
                        all.await(60, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return seen;
                }
            };
        }
    }

    @RepeatedTest(50)
    void aRevocationWinsOverWhateverIsChangedMeanwhile() throws Exception {
        try (Desk desk = new Desk()) {
            User ada = Desk.of("ada");
            NewToken first = desk.tokens().mint(ada, TokenDraft.of("ci"));
            String id = first.facts().id();

            List<String> outcomes = AtOnce.run(6, thread -> {
                try {
                    if (thread == 0) desk.tokens().revoke(ada, id);
                    else if (thread % 2 == 0)
                        desk.tokens().edit(ada, id, TokenEdit.nothing().name("n" + thread));
                    else desk.tokens().rotate(ada, id, Duration.ofSeconds(60));
                    return "done";
                } catch (AccessDenied e) {
                    return e.problem().code();
                }
            });

            assertThat(outcomes).isSubsetOf("done", "conflict", "token_inactive");
            assertThat(OwnedTokens.isActive(desk.tokens().get(ada, id), desk.clock.instant()))
                    .isFalse();
        }
    }

    @RepeatedTest(50)
    void aDeletionWinsOverWhateverIsChangedMeanwhile() throws Exception {
        try (Desk desk = new Desk()) {
            User ada = Desk.of("ada");
            NewToken first = desk.tokens().mint(ada, TokenDraft.of("ci"));
            String id = first.facts().id();

            List<String> outcomes = AtOnce.run(6, thread -> {
                try {
                    switch (thread) {
                        case 0 -> desk.tokens().delete(ada, id);
                        case 1 -> desk.tokens().revoke(ada, id);
                        case 2, 3 ->
                            desk.tokens().edit(ada, id, TokenEdit.nothing().name("n" + thread));
                        default -> desk.tokens().rotate(ada, id, Duration.ofSeconds(60));
                    }
                    return "done";
                } catch (AccessDenied e) {
                    return e.problem().code();
                }
            });

            assertThat(outcomes).isSubsetOf("done", "conflict", "token_inactive", "not_found");
            assertThat(outcomes.get(0)).isEqualTo("done");
            assertThat(desk.works(first)).isFalse();
            assertThat(Desk.refusal(() -> desk.tokens().get(ada, id))).isEqualTo("404 not_found");
        }
    }
}
