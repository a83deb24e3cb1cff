package dev.scopegate.store.redis;

import static dev.scopegate.testkit.TestTokens.NOW;
import static dev.scopegate.testkit.TwoNodesContract.await;
import static dev.scopegate.testkit.TwoNodesContract.heardOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.export.Amount;
import dev.scopegate.export.ExportClaim;
import dev.scopegate.export.ExportLease;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.testkit.Eventually;
import dev.scopegate.testkit.TestTokens;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that is reached by TLS alone, by the user that the README describes. */
class SecuredClusterTest {
    @TempDir
    private static Path folder;

    private static Secured secured;
    private static Cluster cluster;

    private final TestTokens tokens = new TestTokens();

    @BeforeAll
    static void start() throws Exception {
        secured = Secured.by(folder, "ip:127.0.0.1");
        cluster = Cluster.start(folder, secured);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    private static RedisTokenStore open() {
        return secured.open("rediss://" + cluster.places());
    }

    @Test
    void theNodeThatHasTheKeysIsFoundAndAnotherOneThatTakesOver() throws Exception {
        try (RedisTokenStore store = open();
                RedisTokenStore other = open()) {
            var heard = heardOn(other);
            StoredToken token = tokens.stored("ada", "ci");
            TokenChange change = new TokenChange.OfToken(token.token().id());
            assertThat(store.add(token, NOW)).isTrue();
            await(heard, change);
            ExportClaim claim = RedisExportTest.claim("dataset:a", Per.DAY, 10);
            ExportLease lease = RedisExportTest.leased(store.exportLedger(), claim, 5);

            cluster.handOver();

            await(heard, new TokenChange.OfEverything());
            Eventually.holds(() -> isKept(store, token) && isKept(other, token));
            store.exportLedger().settle(lease, new Amount(2, 0));
            assertThat(other.exportLedger().usage("ada"))
                    .extracting(ExportStanding::used)
                    .containsExactly(2L);
            assertThat(store.revoke(token.token().id(), NOW, "ada")).isNotNull();
            await(heard, change);
        }
    }

    private static boolean isKept(RedisTokenStore store, StoredToken token) {
        try {
            return token.equals(store.get(token.token().id()));
        } catch (Unavailable e) {
            return false;
        }
    }

    @Test
    void nobodyIsLetInWithoutTlsOrThePassword() {
        assertThatThrownBy(() -> secured.open("rediss://" + cluster.places(), "redis-password", "wrong")
                        .close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> Stores.open(
                                "redis-url",
                                "redis://" + cluster.places(),
                                "redis-user",
                                "scopegate",
                                "redis-password",
                                Secured.SECRET,
                                "redis-timeout",
                                "1s")
                        .close())
                .isInstanceOf(ConfigurationException.class);
    }
}
