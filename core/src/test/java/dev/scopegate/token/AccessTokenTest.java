package dev.scopegate.token;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessTokenTest {
    private final AccessToken plain = AccessToken.builder(TokenKind.PERSONAL, "0123456789ABCD", "ci", "ada")
            .build();

    @Test
    void aTokenExpiresAtItsInstantAndNotBefore() {
        AccessToken token = plain.toBuilder().expiresAt(NOW).build();

        assertThat(token.statusAt(NOW.toEpochMilli() - 1)).isEqualTo(TokenStatus.ACTIVE);
        assertThat(token.statusAt(NOW.toEpochMilli())).isEqualTo(TokenStatus.EXPIRED);
    }

    @Test
    void aTokenOfAnotherClockWorksOnForTheSkewAndNoLonger() {
        AccessToken token = plain.toBuilder()
                .expiresAt(NOW)
                .clockSkew(Duration.ofSeconds(30))
                .build();

        assertThat(token.expiresAt()).isEqualTo(NOW);
        assertThat(token.statusAt(NOW.toEpochMilli() + 29_999)).isEqualTo(TokenStatus.ACTIVE);
        assertThat(token.statusAt(NOW.toEpochMilli() + 30_000)).isEqualTo(TokenStatus.EXPIRED);
    }

    @Test
    void revokedOutweighsExpiredAndHoldsAtAnyTime() {
        AccessToken token =
                plain.toBuilder().expiresAt(NOW).revoked(NOW, "root").build();

        assertThat(token.statusAt(0)).isEqualTo(TokenStatus.REVOKED);
        assertThat(token.statusAt(Long.MAX_VALUE)).isEqualTo(TokenStatus.REVOKED);
    }

    @Test
    void aTokenWithoutExpiryNeverExpires() {
        assertThat(plain.statusAt(Long.MAX_VALUE)).isEqualTo(TokenStatus.ACTIVE);
    }

    @Test
    void aCopyHasEveryFactAndItsChangesLeaveTheFirstAlone() {
        AccessToken full = plain.toBuilder()
                .createdBy("root")
                .scopes(List.of("public"))
                .resources(List.of("dataset:penguins"))
                .allowedNetworks(List.of(Network.parse("10.0.0.0/8")))
                .createdAt(NOW)
                .expiresAt(NOW.plusSeconds(1))
                .clockSkew(Duration.ofSeconds(30))
                .lastUsed(NOW, "192.0.2.7")
                .revoked(NOW, "root")
                .parent("key-1")
                .hint("sgp_0123…")
                .build();

        assertThat(full.toBuilder().build()).isEqualTo(full).hasSameHashCodeAs(full);
        assertThat(full.toBuilder().name("other").build().name()).isEqualTo("other");
        assertThat(full.name()).isEqualTo("ci");
        assertThat(plain.createdBy()).isEqualTo("ada");
    }

    @Test
    void listsThatWerePutInCanNoLongerChangeTheToken() {
        List<String> resources = new ArrayList<>(List.of("dataset:penguins"));
        AccessToken token = plain.toBuilder().resources(resources).build();

        resources.clear();

        assertThat(token.resources()).containsExactly("dataset:penguins");
    }

    @Test
    void thePrincipalsNameIsTheOwner() {
        assertThat(plain.getName()).isEqualTo("ada");
    }

    @Test
    void theCurrentTokenIsReadFromTheRequestsAttribute() {
        AccessToken.Holder holder = () -> plain;
        AccessToken.Holder nobody = () -> null;

        assertThat(AccessToken.current(Map.of(AccessToken.ATTRIBUTE, (Object) holder)::get))
                .isSameAs(plain);
        assertThat(AccessToken.current(Map.of(AccessToken.ATTRIBUTE, (Object) nobody)::get))
                .isNull();
        assertThat(AccessToken.current(Map.of(AccessToken.ATTRIBUTE, (Object) "x")::get))
                .isNull();
        assertThat(AccessToken.current(name -> null)).isNull();
    }

    @Test
    void anyInstantWillDoForAnEnd() {
        AccessToken forever = AccessToken.builder(TokenKind.PERSONAL, "0123456789ABCD", "ci", "ada")
                .expiresAt(java.time.Instant.MAX)
                .build();
        AccessToken never = forever.toBuilder().expiresAt(java.time.Instant.MIN).build();

        assertThat(forever.statusAt(Long.MAX_VALUE)).isEqualTo(TokenStatus.ACTIVE);
        assertThat(never.statusAt(Long.MIN_VALUE)).isEqualTo(TokenStatus.EXPIRED);
        java.time.Instant end = java.time.Instant.ofEpochMilli(1_500);
        assertThat(TokenStatus.isOver(end, 1_499)).isFalse();
        assertThat(TokenStatus.isOver(end, 1_500)).isTrue();
        assertThat(TokenStatus.isOver(end, 2_400)).isTrue();
        assertThat(TokenStatus.isOver(java.time.Instant.ofEpochMilli(-1), -2)).isFalse();
    }
}
