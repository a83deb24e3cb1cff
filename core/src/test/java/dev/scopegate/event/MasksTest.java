package dev.scopegate.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name holds no token, wherever in it somebody has put one. */
class MasksTest {
    private final String token = TokenFormat.standard().mint(TokenKind.PERSONAL).reveal();
    private final String masked = token.substring(0, 8) + "…";

    private static String kept(String name) {
        return AuditEvent.of(AuditType.ACCESS_REFUSED, 0).resource(name).build().resource();
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void ofAnOpaqueTokenItsHintStays() {
        assertThat(kept(token)).isEqualTo(masked);
        assertThat(kept("dataset:" + token)).isEqualTo("dataset:" + masked);
        assertThat(kept("dataset:" + token + "/rows")).isEqualTo("dataset:" + masked + "/rows");
        assertThat(kept("Bearer " + token + ", " + token)).isEqualTo("Bearer " + masked + ", " + masked);
        assertThat(kept("my_" + token)).isEqualTo("my_" + masked);
    }

    @Test
    void oneThatWasCopiedBadlyIsMaskedToo() {
        for (String bad :
                new String[] {token + token, token + "x", token + "-1", token.substring(0, token.length() - 6)}) {
            assertThat(kept(bad)).isEqualTo(masked);
        }
        assertThat(kept("..." + token)).isEqualTo("..." + masked);
    }

    @Test
    void aPrefixOfOnesOwnHelpsNothing() {
        TokenFormat own = new TokenFormat(Map.of(TokenKind.ACCESS, "acme42"), null, new SecureRandom());
        String other = own.mint(TokenKind.ACCESS).reveal();
        assertThat(kept("a:" + other)).isEqualTo("a:" + other.substring(0, 11) + "…");
    }

    @Test
    void ofAJwtNothingStaysThatSaysAnything() {
        String jwt = part("{\"alg\":\"ES256\"}") + "." + part("{\"sub\":\"ada\"}") + "." + "a-_Z".repeat(20);
        assertThat(kept(jwt)).isEqualTo("eyJ…");
        assertThat(kept("dataset:" + jwt + " x")).isEqualTo("dataset:eyJ… x");
        assertThat(kept("x" + jwt.substring(0, jwt.lastIndexOf('.')))).isEqualTo("xeyJ…");
    }

    @Test
    void oneAcrossTheEndOfWhatIsKeptLeavesNoPart() {
        String before = "d".repeat(AuditEvent.LONGEST_NAME - 45) + ":";
        assertThat(kept(before + token)).isEqualTo(before + masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dataset:penguins",
                "destination:5f3b2c1d4e5f6a7b8c9d0e1f",
                "dataset:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "dataset:with_many_words_of_which_none_is_long_enough_to_be_a_secret",
                "dataset:keyJournal.csv",
                "dataset:2030-01-31T12:00:00.000Z",
                "dataset:ünïcödé_ünïcödé_ünïcödé_ünïcödé_ünïcödé_ünïcödé",
                ""
            })
    void otherNamesStayAsTheyAre(String name) {
        assertThat(kept(name)).isEqualTo(name);
    }
}
