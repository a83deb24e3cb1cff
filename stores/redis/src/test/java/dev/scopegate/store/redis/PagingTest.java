package dev.scopegate.store.redis;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.testkit.Pages;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists longer than one stride, moments out of the ordinary, and what stands in the server's files. */
class PagingTest {
    private static final int THREADS = 8;
    private static final int EACH = 300;

    @TempDir
    private Path folder;

    private final TestTokens tokens = new TestTokens();
    private RedisProcess redis;
    private RedisTokenStore store;

    @BeforeEach
    void open() throws Exception {
        redis = RedisProcess.start(folder, "appendonly yes");
        store = Stores.open("redis-url", redis.url());
    }

    @AfterEach
    void close() {
        store.close();
        redis.close();
    }

    private void addMany() throws Exception {
        AtOnce.run(THREADS, thread -> {
            for (int i = 0; i < EACH; i++) {
                int age = thread * EACH + i;
                var minted =
                        tokens.mint(TokenKind.PERSONAL, "ada", "ci-" + age, f -> f.createdAt(NOW.minusSeconds(age)));
                assertThat(store.add(StoredToken.of(minted), NOW)).isTrue();
            }
            return thread;
        });
    }

    @Test
    void aFewAmongManyAreFoundOverSeveralStrides() throws Exception {
        addMany();
        List<AccessToken> all = Pages.all(store, TokenQuery.of("ada"), 200, NOW);
        assertThat(all)
                .hasSize(THREADS * EACH)
                .isSortedAccordingTo((a, b) -> b.createdAt().compareTo(a.createdAt()));
        for (int i = 3; i < all.size(); i += 1_000) store.revoke(all.get(i).id(), NOW, "ada");

        var page = store.page(TokenQuery.all().status(TokenStatus.REVOKED), null, 200, NOW);

        assertThat(page.tokens()).hasSize(3);
        assertThat(page.next()).isNull();
        assertThat(Pages.all(store, TokenQuery.all().status(TokenStatus.ACTIVE), 500, NOW))
                .hasSize(THREADS * EACH - 3);
        assertThat(Pages.all(store, TokenQuery.of("ada").namePrefix("CI-1").status(TokenStatus.REVOKED), 1, NOW))
                .extracting(AccessToken::name)
                .containsExactly("ci-1003");
    }

    @Test
    void whatOneParentWasGivenIsFoundWithoutLookingAtTheRest() throws Exception {
        addMany();
        for (int i = 0; i < 5; i++) {
            store.add(StoredToken.of(tokens.mint(TokenKind.ACCESS, "ada", "day-" + i, f -> f.parent("key"))), NOW);
        }
        AccessToken dead =
                Pages.all(store, TokenQuery.all().parent("key"), 200, NOW).get(0);
        store.revoke(dead.id(), NOW, "ada");
        redis.ask("CONFIG RESETSTAT");

        assertThat(Pages.all(store, TokenQuery.all().parent("key"), 2, NOW)).hasSize(5);
        assertThat(Pages.all(store, TokenQuery.all().parent("key").status(TokenStatus.ACTIVE), 200, NOW))
                .hasSize(4)
                .extracting(AccessToken::id)
                .doesNotContain(dead.id());
        assertThat(looks()).isBetween(1, 20);
        assertThat(Pages.all(store, TokenQuery.all().parent("key").namePrefix("day-3"), 1, NOW))
                .hasSize(1);
        store.delete(dead.id());
        assertThat(Pages.all(store, TokenQuery.of("ada").parent("key"), 2, NOW)).hasSize(4);
    }

    /** How many tokens the scripts have looked at. */
    private int looks() throws Exception {
        String calls = "string.match(redis.call('INFO','commandstats'),'cmdstat_hmget:calls=(%d+)')";
        return Integer.parseInt(redis.ask("EVAL \"return " + calls + " or '0'\" 0"));
    }

    @Test
    void manyTokensAreRevokedPurgedAndUsedTogether() throws Exception {
        for (int i = 0; i < 700; i++) {
            store.add(StoredToken.of(tokens.mint(TokenKind.ACCESS, "ada", "ci-" + i, f -> f.parent("key"))), NOW);
        }
        List<TokenChange> heard = new ArrayList<>();
        store.changes().subscribe(heard::add);

        assertThat(store.revokeAllOf("key", NOW, "ada")).isEqualTo(700);

        assertThat(heard).containsExactly(new TokenChange.OfParent("key"));
        assertThat(store.purge(NOW.plusSeconds(1), 650)).isEqualTo(650);
        assertThat(store.purge(NOW.plusSeconds(1), 650)).isEqualTo(50);
        assertThat(redis.ask("DBSIZE")).isEqualTo("0");
    }

    @Test
    void momentsFarAwayAreKeptToTheMicrosecondAndInTheirOrder() throws Exception {
        List<Instant> moments = List.of(
                Instant.parse("9999-12-31T23:59:59.999999Z"),
                Instant.parse("9999-12-31T23:59:59.999998Z"),
                NOW.plusNanos(1_000),
                Instant.parse("1969-12-31T23:59:59.999999Z"));
        for (Instant moment : moments) {
            var minted = tokens.mint(
                    TokenKind.PERSONAL,
                    "ada",
                    moment.toString(),
                    f -> f.createdAt(moment).expiresAt(moment));
            assertThat(store.add(StoredToken.of(minted), NOW)).isTrue();
        }

        List<AccessToken> listed = Pages.all(store, TokenQuery.all(), 1, NOW);

        assertThat(listed).extracting(AccessToken::createdAt).containsExactlyElementsOf(moments);
        assertThat(listed).extracting(AccessToken::expiresAt).containsExactlyElementsOf(moments);
        assertThat(store.purge(NOW, 10)).isEqualTo(1);
    }

    @Test
    void theServersFilesHoldHashesAndNoSecret() throws Exception {
        var minted = tokens.mint("ada", "ci");
        store.add(StoredToken.of(minted), NOW);
        redis.kill();

        StringBuilder files = new StringBuilder();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        String secret = minted.reveal().substring(18, 48);
        assertThat(files).contains(minted.hash().hex()).contains(minted.facts().id());
        assertThat(files.toString().contains(secret)).isFalse();
    }
}
