package dev.scopegate.store.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One JWT has one spelling: whatever is changed in it, it is refused, and nothing is thrown. */
class MutationTest extends JwtHarness {
    private static final String B64TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/=";

    private TestKey ec;
    private TestKey ed;
    private JwtTokenStore store;
    private List<String> sound;

    @BeforeEach
    void sign() throws Exception {
        ec = TestKey.ec("ec");
        ed = TestKey.ed25519("ed");
        TestKey rsa = TestKey.rsa("rsa", 2_048);
        store = open(ec, ed, rsa);
        sound = List.of(new Forge(rsa).signedBy(rsa), new Forge(ed).signedBy(ed), new Forge(ec).signedBy(ec));
        for (String token : sound) assertThat(find(store, token)).isNotNull();
    }

    @Test
    void everyCharacterCounts() throws Exception {
        Random random = new Random(7);
        for (String token : sound) {
            for (int i = 0; i < token.length(); i++) {
                String before = token.substring(0, i);
                String after = token.substring(i + 1);
                char other = any(random);
                refused(token, before + other + after, i);
                refused(token, before + after, i);
                refused(token, before + other + token.charAt(i) + after, i);
            }
            for (int c = 0; c < B64TOKEN.length(); c++) {
                char last = B64TOKEN.charAt(c);
                refused(token, token.substring(0, token.length() - 1) + last, token.length());
                refused(token, token + last, token.length());
                refused(token, last + token, 0);
            }
        }
    }

    private static char any(Random random) {
        return B64TOKEN.charAt(random.nextInt(B64TOKEN.length()));
    }

    private void refused(String token, String changed, int place) throws Exception {
        if (changed.equals(token)) return;
        assertThat(find(store, changed)).as("changed at %d", place).isNull();
    }

    @Test
    void noTextMakesItThrow() {
        Random random = new Random(11);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder(sound.get(round % 3));
            for (int changes = random.nextInt(6); changes >= 0; changes--) {
                int at = random.nextInt(text.length());
                int to = Math.min(text.length(), at + random.nextInt(20));
                switch (random.nextInt(4)) {
                    case 0 -> text.delete(at, to);
                    case 1 -> text.insert(at, text.substring(at, to));
                    case 2 -> text.insert(at, any(random));
                    default -> text.setCharAt(at, any(random));
                }
                if (text.isEmpty()) text.append('.');
            }
            String changed = text.toString();
            if (sound.contains(changed)) continue;
            assertThatCode(() -> {
                        var unused = store.claims(present(changed));
                        assertThat(find(store, changed)).isNull();
                    })
                    .doesNotThrowAnyException();
        }
    }

    /** Claims made of anything, signed by the issuer: facts or a refusal, nothing else. */
    @Test
    void noClaimsOfTheIssuerMakeItThrow() {
        Random random = new Random(13);
        List<String> names = List.of("iss", "aud", "sub", "exp", "nbf", "iat", "scope", "scp", "jti");
        List<Object> values = List.of(
                "",
                "x",
                "\u0000",
                -1,
                0,
                1.5,
                1e308,
                Long.MAX_VALUE,
                true,
                List.of(),
                List.of("a", 1),
                List.of(List.of()),
                java.util.Map.of("a", 1),
                Forge.ISSUER,
                Forge.AUDIENCE,
                "a\u00e4\ud83d\ude00");
        for (int round = 0; round < 500; round++) {
            Forge forge = new Forge(ed);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                forge.claim(names.get(random.nextInt(names.size())), values.get(random.nextInt(values.size())));
            }
            assertThatCode(() -> {
                        var unused = find(store, forge.signedBy(ed));
                    })
                    .doesNotThrowAnyException();
        }
    }
}
