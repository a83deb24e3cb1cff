package dev.scopegate.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.benchmarks.Fixture;
import dev.scopegate.benchmarks.KeepAlive;
import dev.scopegate.benchmarks.Presented;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That every peer does the work that it is measured by: it lets in, refuses and forbids. */
class SmokeTest {
    @ParameterizedTest
    @EnumSource(Group.class)
    void requestsGetTheAnswersThatAreMeasured(Group group) {
        for (Presented presented : group.requests()) {
            for (Peer peer : group.peers()) {
                int expected = peer.statusFor(presented);
                try (KeepAlive connection = peer.open(presented)) {
                    for (int i = 0; i < 10; i++) {
                        assertThat(connection.send())
                                .as("%s asked with %s", peer, presented)
                                .isEqualTo(expected);
                    }
                    assertThat(connection.answer().contains("{\"ok\":true}"))
                            .as("%s runs the application for %s", peer, presented)
                            .isEqualTo(expected == 200);
                }
            }
        }
    }

    /** Shiro has two caches: who the caller is, and what the caller may do. */
    @ParameterizedTest
    @EnumSource(names = {"SPRING", "SPRING_TRIMMED", "SHIRO", "PAC4J", "DROPWIZARD"})
    void everyPeerServesAKnownTokenFromItsCache(Peer peer) {
        Fixture fixture = new Fixture(Presented.VALID);
        KnownTokens tokens = new KnownTokens(fixture);
        try (KeepAlive connection = peer.open(Presented.VALID, fixture, tokens)) {
            for (int i = 0; i < 10; i++) connection.send();
            assertThat(tokens.lookUps()).isBetween(1L, peer == Peer.SHIRO ? 2L : 1L);
        }
    }
}
