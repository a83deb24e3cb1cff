package dev.scopegate.store.redis;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.export.Amount;
import dev.scopegate.export.ExportClaim;
import dev.scopegate.export.ExportLease;
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.TestTokens;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change that counts as made when a replica has it. */
class ReplicasTest {
    private final TestTokens tokens = new TestTokens();

    @Test
    void aChangeThatNoReplicaTakesIsUnavailableAndLookUpsGoOn(@TempDir Path folder) throws Exception {
        try (RedisProcess master = RedisProcess.start(folder.resolve("a"), "repl-diskless-sync-delay 0");
                RedisProcess replica = RedisProcess.start(folder.resolve("b"), "replicaof 127.0.0.1 " + master.port());
                RedisTokenStore store =
                        Stores.open("redis-url", master.url(), "redis-wait-replicas", "1", "redis-timeout", "3s")) {
            replica.awaitLine("MASTER <-> REPLICA sync: Finished with success");
            assertThat(master.ask("WAIT 1 10000"))
                    .as("replicas that are online")
                    .isEqualTo("1");
            StoredToken token = tokens.stored("ada", "ci");
            assertThat(store.add(token, NOW)).isTrue();
            assertThat(replica.ask("EXISTS {scopegate}:token:" + token.token().id()))
                    .isEqualTo("1");

            ExportLedger ledger = store.exportLedger();
            ExportClaim claim = RedisExportTest.claim("dataset:replicated", Per.TOTAL, 100);
            ExportLease lease = RedisExportTest.leased(ledger, claim, 60);

            replica.kill();

            assertThatThrownBy(() -> RedisExportTest.leased(ledger, claim, 10))
                    .as("quota that a failover would lose")
                    .isInstanceOf(Unavailable.class);
            ledger.settle(lease, new Amount(50, 0));
            assertThat(ledger.usage("ada")).singleElement().satisfies(standing -> {
                assertThat(standing.used()).isEqualTo(50);
                assertThat(standing.leased()).as("spent for nothing").isEqualTo(10);
            });
            StoredToken doubtful = tokens.stored("ada", "cd");
            assertThatThrownBy(() -> store.add(doubtful, NOW))
                    .isInstanceOf(Unavailable.class)
                    .hasMessage("too few replicas have taken the change");
            assertThat(store.get(doubtful.token().id())).isEqualTo(doubtful);
            assertThat(store.health().available()).isTrue();
        }
    }
}
