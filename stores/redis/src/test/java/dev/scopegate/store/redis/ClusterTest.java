package dev.scopegate.store.redis;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.SharedExportContract;
import dev.scopegate.testkit.TwoNodesContract;
import io.lettuce.core.cluster.SlotHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three masters, and a replica of the one that has our keys. */
class ClusterTest extends TwoNodesContract {
    private static final long HAND_OVER_NANOS = TimeUnit.SECONDS.toNanos(6);
    private static final int SLOTS = 16384;

    @TempDir
    private static Path folder;

    private static final List<RedisProcess> NODES = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        for (int i = 0; i < 4; i++) {
            NODES.add(RedisProcess.start(
                    folder.resolve("node-" + i),
                    "cluster-enabled yes",
                    "cluster-port " + RedisProcess.freePort(),
                    "cluster-node-timeout 1500",
                    "repl-diskless-sync-delay 0"));
        }
        for (int i = 0; i < 3; i++) {
            int first = i * SLOTS / 3;
            NODES.get(i).ask("CLUSTER ADDSLOTSRANGE " + first + " " + ((i + 1) * SLOTS / 3 - 1));
        }
        for (int i = 1; i < 4; i++) {
            RedisProcess node = NODES.get(i);
            NODES.get(0).ask("CLUSTER MEET 127.0.0.1 " + node.port() + " " + node.option("cluster-port"));
        }
        String master = NODES.get(ours()).ask("CLUSTER MYID");
        Eventually.holds(() -> NODES.get(3).ask("CLUSTER REPLICATE " + master).equals("OK"));
        NODES.get(3).awaitLine("MASTER <-> REPLICA sync: Finished with success");
        for (RedisProcess node : NODES) {
            Eventually.holds(() -> node.ask("CLUSTER INFO").equals("cluster_state:ok"));
        }
    }

    @AfterAll
    static void end() {
        NODES.forEach(RedisProcess::close);
    }

    /** Which node begins as the master of our keys. */
    private static int ours() {
        return SlotHash.getSlot("{scopegate}:") * 3 / SLOTS;
    }

    /** Whichever node of the two has our keys by now. */
    private static RedisProcess master() throws Exception {
        RedisProcess replica = NODES.get(3);
        return replica.ask("ROLE").contains("slave") ? NODES.get(ours()) : replica;
    }

    @Override
    protected TokenRepository open() throws Exception {
        master().ask("FLUSHALL");
        return another();
    }

    @Override
    protected TokenRepository another() {
        String places = "127.0.0.1:" + NODES.get(0).port() + ",127.0.0.1:"
                + NODES.get(2).port();
        return Stores.open("redis-url", "redis://" + places);
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
            RedisProcess replica = master() == NODES.get(3) ? NODES.get(ours()) : NODES.get(3);

            Eventually.holds(() -> hasTakenOver(replica));

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

    /** Asks again as long as it has not: nodes that are too busy give a hand-over up after five seconds. */
    private static boolean hasTakenOver(RedisProcess replica) throws Exception {
        if (master() == replica) return true;
        replica.ask("CLUSTER FAILOVER");
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < HAND_OVER_NANOS) {
            if (master() == replica) return true;
        }
        return false;
    }

    @Test
    void whenTheMasterDiesItsReplicaIsFound() throws Exception {
        StoredToken token = tokens.stored("ada", "ci");
        store().add(token, NOW);
        RedisProcess old = master();
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
