package dev.scopegate.testkit;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every repository of grants does, as two nodes see it. */
public abstract class GrantRepositoryContract {
    private final String r1 = name();
    private final String r2 = name();
    private final String family = "family of " + name();

    /** A node's view of grants; where only one node can have them, the same each time. */
    protected abstract GrantRepository node() throws Exception;

    /** Ids that no other test has: what this keeps is not emptied between them. */
    private static String name() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private Grant grant(String refreshId, int seconds) {
        return Grant.of(refreshId, "a-" + refreshId, family, NOW.plusSeconds(seconds));
    }

    @Test
    void aGrantIsKeptUntilItsRefreshTokenExpires() throws Exception {
        GrantRepository grants = node();
        Grant first = grant(r1, 60);
        grants.add(first, NOW);
        grants.add(grant(r2, 90), NOW);

        assertThat(node().get(r1)).isEqualTo(first);
        assertThat(node().family(family)).containsExactlyInAnyOrder(first, grant(r2, 90));
        assertThat(grants.get(name())).isNull();
        assertThat(grants.family(name())).isEmpty();
        grants.add(Grant.of(name(), "a", name(), NOW.plusSeconds(90)), NOW.plusSeconds(60));
        assertThat(grants.get(r1)).isNull();
        assertThat(grants.family(family)).containsExactly(grant(r2, 90));
    }

    @Test
    void whatIsRemovedIsGone() throws Exception {
        GrantRepository grants = node();
        grants.add(grant(r1, 60), NOW);
        grants.add(grant(r2, 60), NOW);

        grants.remove(r1);
        grants.remove(name());

        assertThat(node().get(r1)).isNull();
        assertThat(node().family(family)).containsExactly(grant(r2, 60));
        assertThat(grants.redeem(r1, NOW, "sealed", NOW)).isFalse();
    }

    @Test
    void ofThirtyTwoThreadsOnTwoNodesOneRedeemsAndAllSeeItsAnswer() throws Exception {
        GrantRepository one = node();
        GrantRepository other = node();
        one.add(grant(r1, 60), NOW);

        List<Boolean> redeemed = AtOnce.run(
                32,
                thread -> (thread % 2 == 0 ? one : other)
                        .redeem(r1, NOW.plusMillis(thread), "answer " + thread, NOW.minusSeconds(10)));

        assertThat(redeemed).containsOnlyOnce(true);
        Grant grant = Objects.requireNonNull(other.get(r1));
        int first = redeemed.indexOf(true);
        assertThat(grant).isEqualTo(grant(r1, 60).redeemed(NOW.plusMillis(first), "answer " + first));
        assertThat(grant.toString()).doesNotContain("answer");
    }

    @Test
    void anAnswerIsForgottenWithTheNextExchange() throws Exception {
        GrantRepository grants = node();
        grants.add(grant(r1, 60), NOW);
        grants.add(grant(r2, 60), NOW);
        assertThat(grants.redeem(r1, NOW, "sealed", NOW.minusSeconds(10))).isTrue();
        assertThat(grants.redeem(r2, NOW.plusSeconds(11), "sealed too", NOW.plusSeconds(1)))
                .isTrue();

        assertThat(node().get(r1))
                .isEqualTo(grant(r1, 60).redeemed(NOW, "sealed").withoutAnswer());
        assertThat(node().get(r2)).isEqualTo(grant(r2, 60).redeemed(NOW.plusSeconds(11), "sealed too"));
        assertThat(grants.redeem(r1, NOW, "again", NOW)).isFalse();
        assertThat(grants.redeem(name(), NOW, "again", NOW)).isFalse();
    }
}
