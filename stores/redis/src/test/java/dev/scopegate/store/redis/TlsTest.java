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
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenRepository.Replacement;
import dev.scopegate.store.TokenUse;
import dev.scopegate.testkit.LogLines;
import dev.scopegate.testkit.TestTokens;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is reached by TLS alone, as a user who has the rights that the README names and no others. */
class TlsTest {
    @TempDir
    private static Path folder;

    private static Secured secured;
    private static RedisProcess redis;

    private final TestTokens tokens = new TestTokens();

    @BeforeAll
    static void start() throws Exception {
        secured = Secured.by(folder, "dns:localhost");
        redis = RedisProcess.start(folder, secured.server("port 0", "tls-port $PORT"));
    }

    @AfterAll
    static void end() {
        redis.close();
    }

    private static RedisTokenStore open(String host) {
        return secured.open("rediss://" + host + ":" + redis.port());
    }

    @Test
    void allIsDoneByTheUserThatTheReadmeDescribes() throws Exception {
        try (LogLines log = new LogLines();
                RedisTokenStore store = open("localhost");
                RedisTokenStore other = open("localhost")) {
            var heard = heardOn(other);
            StoredToken token = tokens.stored("ada", "ci");
            String id = token.token().id();
            assertThat(store.add(token, NOW)).isTrue();
            await(heard, new TokenChange.OfToken(id));
            assertThat(store.replace(token, token, NOW)).isEqualTo(Replacement.DONE);
            store.used(List.of(new TokenUse(id, NOW, "192.0.2.1")));
            store.denylist().deny("jti", Instant.now().plusSeconds(60));
            assertThat(other.denylist().denies("jti")).isTrue();
            assertThat(store.revoke(id, NOW, "ada")).isNotNull();
            assertThat(store.revokeAllOf("nobody", NOW, "ada")).isZero();
            store.exportPolicies().put("dataset:a", ExportPolicy.UNLIMITED);
            assertThat(other.exportPolicies().all()).hasSize(1);
            assertThat(store.exportPolicies().remove("dataset:a")).isTrue();
            ExportClaim claim = RedisExportTest.claim("dataset:a", Per.DAY, 10);
            ExportLease lease = RedisExportTest.leased(store.exportLedger(), claim, 5);
            store.exportLedger().settle(lease, new Amount(2, 0));
            assertThat(other.exportLedger().usage("ada"))
                    .extracting(ExportStanding::used)
                    .containsExactly(2L);
            assertThat(store.purge(NOW.plusSeconds(1), 10)).isEqualTo(1);
            assertThat(store.delete(id)).isFalse();
            String hash = token.secrets().get(0).hash().hex();
            assertThat(log.all()).noneMatch(line -> line.contains(Secured.SECRET) || line.contains(hash));
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        assertThatThrownBy(() -> Stores.open("redis-url", "rediss://localhost:" + redis.port())
                        .close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("redis-ca-file: the server's certificate is not trusted");
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        assertThatThrownBy(() -> open("127.0.0.1").close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "redis-ca-file: the server's certificate is not trusted, or is not for the host");
    }
}
