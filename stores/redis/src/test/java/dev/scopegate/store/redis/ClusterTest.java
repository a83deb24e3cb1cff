package dev.scopegate.store.redis;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.Eventually;
import dev.scopegate.testkit.SharedExportContract;
import dev.scopegate.testkit.TwoNodesContract;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three masters, and a replica of the one that has our keys. */
class ClusterTest extends TwoNodesContract {
    @TempDir
    private static Path folder;

    private static Cluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.start(folder);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @Override
    protected TokenRepository open() throws Exception {
        cluster.master().ask("FLUSHALL");
        return another();
    }

    @Override
    protected TokenRepository another() {
        return Stores.open("redis-url", "redis://" + cluster.places());
    }

    private void awaitAnswer(StoredToken token) throws Exception {
        Eventually.holds(() -> {
            try {
                return token.equals(store().get(token.token().id()));
            } catch (Unavailable e) {
                return false;
            }
        });
    }

    @Test
    void whenAnotherNodeTakesOverAllIsThereAndNobodyKeepsWhatTheOldOneSaid() throws Exception {
        StoredToken token = tokens.stored("ada", "ci");
        store().add(token, NOW);
        try (TokenRepository other = another()) {
            BlockingQueue<TokenChange> heard = heardOn(other);

            cluster.handOver();

            await(heard, new TokenChange.OfEverything());
            awaitAnswer(token);
            store().revoke(token.token().id(), NOW, "ada");
            await(heard, new TokenChange.OfToken(token.token().id()));
        }
    }

    @Nested
    class Exports extends SharedExportContract<RedisTokenStore> {
        @Override
        protected RedisTokenStore open() {
            return (RedisTokenStore) another();
        }
    }

    @Test
    void whenTheMasterDiesItsReplicaIsFound() throws Exception {
        StoredToken token = tokens.stored("ada", "ci");
        store().add(token, NOW);
        RedisProcess old = cluster.master();
        assertThat(old.ask("WAIT 1 30000")).isNotEqualTo("0");

        old.kill();
        try {
            awaitAnswer(token);
            assertThat(store().add(tokens.stored("ada", "cd"), NOW)).isTrue();
        } finally {
            old.start();
            old.awaitLine("MASTER <-> REPLICA sync: Finished with success");
        }
    }

    @Test
    void grantsStandWhereTheTokensAre() throws Exception {
        GrantRepository grants = Objects.requireNonNull(store().grants());
        Grant grant = Grant.of("r1", "a1", "family", NOW.plusSeconds(60));

        grants.add(grant, NOW);

        assertThat(grants.redeem("r1", NOW, "sealed", NOW)).isTrue();
        assertThat(grants.family("family")).containsExactly(grant.redeemed(NOW, "sealed"));
    }
}
