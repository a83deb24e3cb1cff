package dev.scopegate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.testkit.AtOnce;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Grants in H2, as two nodes see them. */
class JdbcGrantsTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    private final String url = "jdbc:h2:mem:" + Databases.newName() + ";DB_CLOSE_DELAY=-1";
    private final JdbcTokenStore one = Databases.open(url, "sa", "");
    private final JdbcTokenStore other = Databases.open(url, "sa", "");

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void aGrantIsKeptUntilItsRefreshTokenExpires() throws Exception {
        GrantRepository grants = one.grants();
        Grant grant = Grant.of("r1", "a1", "family", NOW.plusSeconds(60));
        grants.add(grant, NOW);
        grants.add(Grant.of("r2", "a2", "family", NOW.plusSeconds(90)), NOW);

        assertThat(other.grants().get("r1")).isEqualTo(grant);
        assertThat(other.grants().family("family")).hasSize(2).contains(grant);
        assertThat(grants.get("absent")).isNull();
        grants.remove("r2");
        assertThat(grants.family("family")).containsExactly(grant);
        grants.add(Grant.of("r3", "a3", "other", NOW.plusSeconds(90)), NOW.plusSeconds(60));
        assertThat(grants.get("r1")).isNull();
    }

    @Test
    void ofThirtyTwoThreadsOnTwoNodesOneRedeemsAndAllSeeItsAnswer() throws Exception {
        one.grants().add(Grant.of("r1", "a1", "family", NOW.plusSeconds(60)), NOW);

        List<Boolean> redeemed = AtOnce.run(
                32,
                thread -> (thread % 2 == 0 ? one : other)
                        .grants()
                        .redeem("r1", NOW.plusMillis(thread), "answer " + thread, NOW.minusSeconds(10)));

        assertThat(redeemed).containsOnlyOnce(true);
        Grant grant = Objects.requireNonNull(other.grants().get("r1"));
        assertThat(grant.sealedAnswer()).isEqualTo("answer " + redeemed.indexOf(true));
        assertThat(grant.toString()).doesNotContain("answer");
    }

    @Test
    void anAnswerIsForgottenWithTheNextExchange() throws Exception {
        GrantRepository grants = one.grants();
        grants.add(Grant.of("r1", "a1", "family", NOW.plusSeconds(60)), NOW);
        grants.add(Grant.of("r2", "a2", "family", NOW.plusSeconds(60)), NOW);
        assertThat(grants.redeem("r1", NOW, "sealed", NOW.minusSeconds(10))).isTrue();
        assertThat(grants.redeem("r2", NOW.plusSeconds(11), "sealed", NOW.plusSeconds(1)))
                .isTrue();

        Grant first = Objects.requireNonNull(grants.get("r1"));
        assertThat(first.sealedAnswer()).isNull();
        assertThat(first.redeemedAt()).isEqualTo(NOW);
        assertThat(grants.redeem("r1", NOW, "again", NOW)).isFalse();
        assertThat(grants.redeem("absent", NOW, "again", NOW)).isFalse();
    }
}
