package dev.scopegate.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.store.TokenStoreFactory;
import dev.scopegate.testkit.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Redis that cannot be used stops the start, in one sentence that names the setting and shows no secret. */
class RedisStartTest {
    private static final String SECRET = "correct-horse";

    private static void refuses(String sentence, String... settings) {
        try (LogLines log = new LogLines()) {
            Throwable refusal = catchThrowable(() -> Stores.open(settings).close());
            assertThat(refusal).isInstanceOf(ConfigurationException.class).hasMessageStartingWith(sentence);
            assertThat(refusal.getMessage()).doesNotContain(SECRET).hasLineCount(1);
            assertThat(log.all()).noneMatch(line -> line.contains(SECRET));
        }
    }

    @Test
    void theStoreIsFoundByItsName() {
        assertThat(ServiceLoader.load(TokenStoreFactory.class))
                .extracting(TokenStoreFactory::name)
                .contains("redis");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "http://localhost", "redis://", "redis://a b" + SECRET, "redis://a,,b"})
    void whatIsNoUrlIsTold(String url) {
        refuses("redis-url: is no URL such as ", "redis-url", url);
    }

    @Test
    void aPortWhereNobodyListensIsTold() throws Exception {
        String place = "127.0.0.1:" + RedisProcess.freePort();
        refuses("redis-url: nobody listens there", "redis-url", "redis://ada:" + SECRET + "@" + place);
        refuses("redis-url: nobody listens there", "redis-url", "redis://" + place, "redis-cluster", "true");
    }

    @Test
    void aServerThatIsNoClusterIsTold(@TempDir Path folder) throws Exception {
        try (RedisProcess redis = RedisProcess.start(folder)) {
            refuses("redis-url: Redis refuses to serve (ERR)", "redis-url", redis.url(), "redis-cluster", "true");
        }
    }

    @Test
    void aWrongOrMissingPasswordIsToldAndNotShown(@TempDir Path folder) throws Exception {
        try (RedisProcess redis = RedisProcess.start(folder, "requirepass other-" + SECRET.length())) {
            refuses("redis-password: Redis refuses", "redis-url", redis.url(), "redis-password", SECRET);
            refuses("redis-password: Redis refuses", "redis-url", redis.url());
            refuses(
                    "redis-password: Redis refuses",
                    "redis-url",
                    redis.url(),
                    "redis-user",
                    "ada",
                    "redis-password",
                    SECRET);
        }
    }

    @Test
    void aPasswordThatTheSentinelsRefuseIsTold(@TempDir Path folder) throws Exception {
        try (RedisProcess sentinel = sentinel(folder, "requirepass other")) {
            String url = "redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#tokens";
            String sentence = "redis-sentinel-password: the sentinels refuse";
            refuses(sentence, "redis-url", url, "redis-sentinel-password", SECRET);
            refuses(sentence, "redis-url", url, "redis-password", SECRET);
            refuses(sentence, "redis-url", url, "redis-sentinel-user", "ada", "redis-sentinel-password", SECRET);
        }
    }

    @Test
    void aUserWhoMayNotAskTheSentinelsIsTold(@TempDir Path folder) throws Exception {
        try (RedisProcess sentinel = sentinel(folder, "user default on nopass -@all +@connection")) {
            String url = "redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#tokens";
            refuses("redis-url: no sentinel tells where the master is", "redis-url", url);
        }
    }

    private static RedisProcess sentinel(Path folder, String line) throws Exception {
        return RedisProcess.startSentinel(folder, line, "sentinel monitor tokens 127.0.0.1 1 1");
    }

    @Test
    void whoIsToAskSentinelsThatThereAreNoneOfIsAMistake() {
        String url = "redis://localhost";
        refuses("redis-sentinel-password: ", "redis-url", url, "redis-sentinel-password", SECRET);
        refuses("redis-sentinel-user: ", "redis-url", url, "redis-sentinel-user", "ada");
    }

    @Test
    void aUserWithoutTheRightsIsTold(@TempDir Path folder) throws Exception {
        String user = "user ada on >" + SECRET + " ~* &* +ping +subscribe +publish";
        try (RedisProcess redis = RedisProcess.start(folder, user)) {
            refuses("redis-user: ", "redis-url", redis.url(), "redis-user", "ada", "redis-password", SECRET);
        }
    }

    @Test
    void aStartThatFailsLateLeavesNoThread(@TempDir Path folder) throws Exception {
        String user = "user ada on >" + SECRET + " ~* &* +ping +subscribe +publish +eval +evalsha";
        try (RedisProcess redis = RedisProcess.start(folder, user)) {
            refuses(
                    "redis-url: Redis refuses",
                    "redis-url",
                    redis.url(),
                    "redis-user",
                    "ada",
                    "redis-password",
                    SECRET);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("scopegate-redis-keeper");
        }
    }

    @Test
    void aPrefixThatWouldBreakTheHashTagIsRefused() {
        refuses("redis-key-prefix: ", "redis-url", "redis://localhost", "redis-key-prefix", "a}b");
    }

    @Test
    void certificatesWithoutTlsAreAMistake(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate");
        refuses(
                "redis-ca-file: is of use with TLS",
                "redis-url",
                "redis://localhost",
                "redis-ca-file",
                file.toString());
        refuses("redis-ca-file: ", "redis-url", "rediss://localhost", "redis-ca-file", file.toString());
        refuses("redis-ca-file: cannot", "redis-url", "rediss://localhost", "redis-ca-file", file + ".none");
    }

    @Test
    void aServerThatMayForgetTokensIsWarnedOf(@TempDir Path folder) throws Exception {
        try (RedisProcess redis = RedisProcess.start(folder, "maxmemory-policy volatile-lru");
                LogLines log = new LogLines()) {
            Stores.open("redis-url", redis.url()).close();
            redis.ask("CONFIG SET maxmemory-policy noeviction");
            Stores.open("redis-url", redis.url()).close();

            assertThat(log.all().stream().filter(line -> line.contains("maxmemory-policy")))
                    .singleElement()
                    .asString()
                    .contains("volatile-lru");
        }
    }
}
