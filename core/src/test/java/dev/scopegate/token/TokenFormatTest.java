package dev.scopegate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFormatTest {
    /** Its checksum was computed by another program: crc32("sgp_0123…ABCD") = 0xbcf22401. */
    private static final String VECTOR = "sgp_0123456789ABCDabcdefghijklmnopqrstuvwxyzABCD3SWw2z";

    private final TokenFormat format = TokenFormat.standard();

    @ParameterizedTest
    @EnumSource(names = {"PERSONAL", "ACCESS", "REFRESH", "API_KEY_SECRET"})
    void aMintedTokenIsWrittenAsDocumentedAndReadBack(TokenKind kind) {
        BearerToken minted = format.mint(kind);

        assertThat(minted.reveal()).matches(kind.standardPrefix() + "_[0-9A-Za-z]{50}");
        BearerToken read = format.read(minted.reveal());
        assertThat(read).isNotNull();
        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.id()).isEqualTo(minted.reveal().substring(4, 18)).isEqualTo(minted.id());
        assertThat(read.hash()).isEqualTo(minted.hash());
    }

    @ParameterizedTest
    @EnumSource(names = {"JWT", "FOREIGN"})
    void aTokenOfAKindThatIsNotOursIsNeverMinted(TokenKind kind) {
        assertThatThrownBy(() -> format.mint(kind)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenFormat(Map.of(kind, "abc"), null, new SecureRandom()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                VECTOR,
                "sga_000000000000000000000000000000000000000000003wXaWs",
                "sgr_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz4Qc2bN",
                "sgs_00000000000011AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA002Zig",
            })
    void checksumsOfAnotherProgramAreAccepted(String token) {
        assertThat(format.read(token)).isNotNull().matches(BearerToken::isOpaque);
    }

    @Test
    void noOtherCharacterAnywhereLeavesATokenOfOurs() {
        char[] characters = new char[127 - 32];
        for (int i = 0; i < characters.length; i++) characters[i] = (char) (32 + i);
        for (int at = 0; at < VECTOR.length(); at++) {
            for (char c : characters) {
                if (c == VECTOR.charAt(at)) continue;
                String changed = VECTOR.substring(0, at) + c + VECTOR.substring(at + 1);
                BearerToken read = format.read(changed);
                assertThat(read == null || !read.isOpaque()).as(changed).isTrue();
                assertThat(read == null).as(changed).isEqualTo(at > 3 || isOurPrefix(changed));
            }
        }
    }

    private static boolean isOurPrefix(String token) {
        return token.matches("sg[pars]_.*");
    }

    @Test
    void swappedNeighboursAreRefused() {
        for (int at = 4; at + 1 < VECTOR.length(); at++) {
            String swapped =
                    VECTOR.substring(0, at) + VECTOR.charAt(at + 1) + VECTOR.charAt(at) + VECTOR.substring(at + 2);
            if (!swapped.equals(VECTOR))
                assertThat(format.read(swapped)).as(swapped).isNull();
        }
    }

    @Test
    void aCharacterOfTwoHalvesIsNoDigitEither() {
        String token = format.mint(TokenKind.PERSONAL).reveal();
        for (int at = 4; at <= token.length() - 2; at++) {
            String odd = token.substring(0, at) + "\uD83D\uDE00" + token.substring(at + 2);
            assertThat(format.readOwn(odd)).isNull();
        }
    }

    @Test
    void aTokenOfOursThatIsTooShortOrTooLongIsRefused() {
        for (int length = 4; length < VECTOR.length(); length++) {
            assertThat(format.read(VECTOR.substring(0, length))).isNull();
        }
        assertThat(format.read(VECTOR + "0")).isNull();
        assertThat(format.read(VECTOR + "=")).isNull();
        assertThat(format.read(VECTOR + VECTOR)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "sgp", "sgx_", "SGP_0123", "eyJhbGciOiJub25lIn0.e30.", "ghp_abc", "_", "xsgp_"})
    void anythingWithoutAPrefixOfOursIsSomebodyElses(String token) {
        BearerToken read = format.read(token);

        assertThat(read).isNotNull();
        assertThat(read.isOpaque()).isFalse();
        assertThat(read.id()).isNull();
        assertThat(read.kind()).isNull();
        assertThat(read.lookUpKey()).matches("[0-9a-f]{64}");
    }

    @Test
    void aTokenIsReadFromThePlaceWhereItStands() {
        byte[] line = ("Bearer " + VECTOR + "  ").getBytes(StandardCharsets.US_ASCII);

        BearerToken read = format.readOwn(line, 7, 7 + VECTOR.length());

        assertThat(read).isNotNull();
        assertThat(read.reveal()).isEqualTo(VECTOR);
        assertThat(read.hash().hex()).isEqualTo("22ce81c762374e2766fd65bd61b141f6c875f9f15e9f912db95ff46f97a3bea9");
        assertThat(format.readOwn(line, 7, 6 + VECTOR.length())).isNull();
    }

    @Test
    void ofAHundredThousandTokensNoTwoShareAnIdOrASecret() {
        Set<String> ids = new HashSet<>();
        Set<String> secrets = new HashSet<>();
        int[] digits = new int[128];
        for (int i = 0; i < 100_000; i++) {
            String token = format.mint(TokenKind.PERSONAL).reveal();
            ids.add(token.substring(4, 18));
            secrets.add(token.substring(18, 48));
            for (int at = 4; at < 48; at++) digits[token.charAt(at)]++;
        }

        assertThat(ids).hasSize(100_000);
        assertThat(secrets).hasSize(100_000);
        for (char c = '0'; c <= 'z'; c++) {
            // 4,400,000 / 62 = 70,968 each, standard deviation 264
            if (Base62.isDigit(c)) assertThat(digits[c]).as("how often " + c).isBetween(69_000, 73_000);
            else assertThat(digits[c]).isZero();
        }
    }

    @Test
    void aRotatedTokenKeepsItsIdAndGetsAnotherSecret() {
        BearerToken first = format.mint(TokenKind.ACCESS);
        BearerToken second = format.mint(TokenKind.ACCESS, first.id());

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.reveal()).isNotEqualTo(first.reveal());
        assertThat(second.hash()).isNotEqualTo(first.hash());
        assertThat(format.read(second.reveal())).isNotNull();
    }

    @Test
    void aPrefixOfOnesOwnReplacesTheStandardOne() {
        TokenFormat own = new TokenFormat(Map.of(TokenKind.PERSONAL, "acme2Corp"), null, new SecureRandom());
        String token = own.mint(TokenKind.PERSONAL).reveal();

        assertThat(token).startsWith("acme2Corp_").hasSize(60);
        assertThat(own.read(token)).isNotNull().matches(BearerToken::isOpaque);
        assertThat(own.read(VECTOR)).isNotNull().matches(read -> !read.isOpaque());
        assertThat(own.hint(TokenKind.PERSONAL, "0123456789ABCD")).isEqualTo("acme2Corp_0123…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1ab", "a_b", "a-b", "a b", "ä1", "aé", "_ab", "abcdefghijklmnopq", "ab\n", "ａｂ"})
    void anythingButALetterAndLettersOrDigitsIsNoPrefix(String prefix) {
        assertThatThrownBy(() -> new TokenFormat(Map.of(TokenKind.PERSONAL, prefix), null, new SecureRandom()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no token prefix");
    }

    @Test
    void twoKindsNeverShareAPrefix() {
        assertThatThrownBy(() -> new TokenFormat(Map.of(TokenKind.PERSONAL, "sga"), null, new SecureRandom()))
                .hasMessageContaining("'sga' stands for two kinds");
    }

    @Test
    void aServerKeyHasAtLeastThirtyTwoBytes() {
        assertThatThrownBy(() -> new TokenFormat(Map.of(), new byte[31], new SecureRandom()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fewer than 32 bytes");
    }
}
