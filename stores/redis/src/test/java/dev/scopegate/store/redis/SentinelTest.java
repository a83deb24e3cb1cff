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
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.testkit.Eventually;
import dev.scopegate.testkit.TestTokens;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sentinel puts a replica in the place of a master that hangs. */
class SentinelTest {
    private static final Amount ALL = new Amount(100, 0);

    private final TestTokens tokens = new TestTokens();

    @Test
    void theReplicaIsFoundWhenTheMasterHangsAndEverythingIsForgotten(@TempDir Path folder) throws Exception {
        try (Sentinels servers = Sentinels.start(folder);
                RedisTokenStore store = Stores.open(
                        "redis-url", servers.url("redis"), "redis-timeout", "2s", "redis-wait-replicas", "1")) {
            takesOver(servers, store);
        }
    }

    @Test
    void allOfThatIsDoneByTlsAndByTheUserThatTheReadmeDescribes(@TempDir Path folder) throws Exception {
        Secured by = Secured.by(folder, "ip:127.0.0.1");
        try (Sentinels servers = Sentinels.start(folder, by);
                RedisTokenStore store = by.open(
                        servers.url("rediss"),
                        "redis-sentinel-user",
                        "seeker",
                        "redis-sentinel-password",
                        Secured.SECRET + "3",
                        "redis-wait-replicas",
                        "1",
                        "redis-timeout",
                        "2s")) {
            takesOver(servers, store);
        }
    }

    @Test
    void aPasswordThatTheServersRefuseIsToldFromTheSentinels(@TempDir Path folder) throws Exception {
        Secured by = Secured.by(folder, "ip:127.0.0.1");
        try (Sentinels servers = Sentinels.start(folder, by)) {
            String[] settings = {
                "redis-url",
                servers.url("rediss"),
                "redis-ca-file",
                by.certificate().certificate().toString(),
                "redis-sentinel-user",
                "seeker",
                "redis-sentinel-password",
                Secured.SECRET + "3",
                "redis-user",
                "scopegate",
                "redis-password",
                "other"
            };
            assertThatThrownBy(() -> Stores.open(settings))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("redis-password: Redis refuses");
        }
    }

    private void takesOver(Sentinels servers, RedisTokenStore store) throws Exception {
        var heard = heardOn(store);
        StoredToken token = tokens.stored("ada", "ci");
        assertThat(store.add(token, NOW)).isTrue();

        servers.master().hang();
        try {
            await(heard, new TokenChange.OfEverything());
            Eventually.holds(
                    () -> answers(() -> token.equals(store.get(token.token().id()))));
        } finally {
            servers.master().goOn();
        }
    }

    @Test
    void aLeaseFromBeforeAFailoverStaysSpentIsSettledAndIsNeverGrantedTwice(@TempDir Path folder) throws Exception {
        try (Sentinels servers = Sentinels.start(folder);
                RedisTokenStore store = waiting(servers);
                RedisTokenStore other = waiting(servers)) {
            ExportLedger ledger = store.exportLedger();
            ExportClaim claim = RedisExportTest.claim("dataset:failover", Per.TOTAL, ALL.bytes());
            ExportLease before = RedisExportTest.leased(ledger, claim, 60);

            servers.master().hang();
            try {
                Eventually.holds(() -> lacksReplicas(() -> lease(ledger, claim, 1) == null));
            } finally {
                servers.master().goOn();
            }
            servers.sentinel().awaitLine("+convert-to-slave");
            Eventually.holds(() -> answers(() -> lease(other.exportLedger(), claim, 40) == null));
            long inDoubt = standing(ledger, claim).leased() - 60;
            assertThat(inDoubt).as("what was refused is spent all the same").isPositive();

            ledger.settle(before, new Amount(50, 0));
            assertThat(standing(ledger, claim).used()).isEqualTo(50);
            assertThat(lease(other.exportLedger(), claim, 50 - inDoubt)).isNotNull();
            assertThat(lease(ledger, claim, 1)).isNull();
        }
    }

    /** Whether what is in the old master's place can be written to, and has nobody to pass that on to. */
    private static boolean lacksReplicas(Question question) {
        try {
            assertThat(question.ask()).isFalse();
            return false;
        } catch (Unavailable e) {
            return "too few replicas have taken the change".equals(e.getMessage());
        }
    }

    private static RedisTokenStore waiting(Sentinels servers) {
        return Stores.open("redis-url", servers.url("redis"), "redis-timeout", "2s", "redis-wait-replicas", "1");
    }

    private static @Nullable ExportLease lease(ExportLedger ledger, ExportClaim claim, long bytes) throws Unavailable {
        Amount amount = new Amount(bytes, 0);
        return ledger.lease(List.of(claim), amount, amount, null, Amount.NONE).lease();
    }

    private static ExportStanding standing(ExportLedger ledger, ExportClaim claim) throws Unavailable {
        return ledger.standings(List.of(claim)).get(0);
    }

    /** What may be out for now. */
    @FunctionalInterface
    private interface Question {
        boolean ask() throws Unavailable;
    }

    private static boolean answers(Question question) {
        try {
            return question.ask();
        } catch (Unavailable e) {
            return false;
        }
    }
}
