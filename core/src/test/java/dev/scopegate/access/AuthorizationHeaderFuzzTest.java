package dev.scopegate.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.token.BearerToken;
import dev.scopegate.token.TokenFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Headers made by damaging good ones: accepted is only what an independent reading of the grammar accepts. */
class AuthorizationHeaderFuzzTest {
    private static final int INPUTS = 200_000;
    private static final Pattern RFC_6750 =
            Pattern.compile("[ \t]*[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9._~+/-]+=*)[ \t]*");
    private static final List<String> GOOD = List.of(
            "Bearer a",
            "bearer mF_9.B5f-4.1JqM",
            "Bearer sgp_0123456789ABCDabcdefghijklmnopqrstuvwxyzABCD3SWw2z",
            "BEARER eyJhbGciOiJub25lIn0.e30.c2ln==",
            "Basic YTpi",
            "Digest username=\"a, b\", realm=\"c\\\"d\", qop=auth",
            "Bearer a, Basic b",
            "");
    private static final String PIECES = "Bearer, \t=\"\\:;aZ09-._~+/\0\r\n\u00e9\u017f\u212a\uff22\ud83d{}<>@";

    private final Random random = new Random(6750);

    private String damaged() {
        StringBuilder text = new StringBuilder(GOOD.get(random.nextInt(GOOD.size())));
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            char piece = PIECES.charAt(random.nextInt(PIECES.length()));
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, piece);
                case 1 -> text.insert(at, GOOD.get(random.nextInt(GOOD.size())));
                case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
                case 3 -> {
                    if (at < text.length()) text.setCharAt(at, piece);
                }
                default -> text.insert(at, ", ");
            }
        }
        return text.toString();
    }

    @Test
    void whateverComesOnlyTheGrammarIsAccepted() {
        TokenFormat format = TokenFormat.standard();
        int accepted = 0;
        for (int i = 0; i < INPUTS; i++) {
            String line = damaged();
            Matcher grammar = RFC_6750.matcher(line);
            BearerToken token = AuthorizationHeader.read(line, format);
            if (token != null) {
                accepted++;
                assertThat(grammar.matches()).as(line).isTrue();
                assertThat(token.reveal()).isEqualTo(grammar.group(1));
            } else if (grammar.matches()) {
                // what the grammar takes is refused for one reason only: it begins like a token of ours
                assertThat(AuthorizationHeader.fault(line)).isEqualTo(AuthorizationHeader.Fault.NO_TOKEN);
                assertThat(grammar.group(1)).as(line).matches("sg[pars]_.*");
            }
        }
        assertThat(accepted).isGreaterThan(INPUTS / 10);
    }
}
