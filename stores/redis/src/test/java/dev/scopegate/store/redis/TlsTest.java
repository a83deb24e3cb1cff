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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is reached by TLS alone, as a user who has the rights that the README names and no others. */
class TlsTest {
    private static final String SECRET = "correct-horse";
    private static final Pattern RIGHTS = Pattern.compile("ACL SETUSER scopegate on >password (.*)");

    @TempDir
    private static Path folder;

    private static TestCertificate certificate;
    private static RedisProcess redis;

    private final TestTokens tokens = new TestTokens();

    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.make(folder, "dns:localhost");
        var rights = RIGHTS.matcher(Files.readString(Path.of("README.md")));
        assertThat(rights.find()).isTrue();
        redis = RedisProcess.start(
                folder,
                "port 0",
                "tls-port $PORT",
                "tls-cert-file " + certificate.certificate(),
                "tls-key-file " + certificate.key(),
                "tls-auth-clients no",
                "user default off",
                "user scopegate on >" + SECRET + " " + rights.group(1));
    }

    @AfterAll
    static void end() {
        redis.close();
    }

    private static RedisTokenStore open(String host, String... more) {
        String[] settings = {
            "redis-url",
            "rediss://" + host + ":" + redis.port(),
            "redis-user",
            "scopegate",
            "redis-password",
            SECRET,
            "redis-timeout",
            "10s",
            more.length == 0 ? "redis-cluster" : more[0],
            more.length == 0 ? "false" : more[1]
        };
        return Stores.open(settings);
    }

    private static String caFile() {
        return certificate.certificate().toString();
    }

    @Test
    void allIsDoneByTheUserThatTheReadmeDescribes() throws Exception {
        try (LogLines log = new LogLines();
                RedisTokenStore store = open("localhost", "redis-ca-file", caFile());
                RedisTokenStore other = open("localhost", "redis-ca-file", caFile())) {
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
            assertThat(log.all()).noneMatch(line -> line.contains(SECRET) || line.contains(hash));
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        assertThatThrownBy(() -> open("localhost").close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("redis-ca-file: the server's certificate is not trusted");
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        assertThatThrownBy(() -> open("127.0.0.1", "redis-ca-file", caFile()).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "redis-ca-file: the server's certificate is not trusted, or is not for the host");
    }
}
