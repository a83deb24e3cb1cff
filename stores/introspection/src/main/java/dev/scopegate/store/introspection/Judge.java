package dev.scopegate.store.introspection;

import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what an answer makes of a token: facts, or nothing. Immutable and safe for any number of threads. */
final class Judge {
    private static final Logger LOG = LoggerFactory.getLogger(Judge.class);
    private static final int LONGEST_NAME = 255;
    private static final int MOST_SCOPES = 1_000;
    private static final int ID_CHARACTERS = 22;
    private static final String CLIENT = "client:";
    private static final Set<String> ACCESS_TOKENS = Set.of("access_token", "access");
    private static final Set<String> OTHER_TYPES = Set.of("refresh", "offline", "id");

    private final String issuer;
    private final @Nullable String audience;
    private final ScopeFilter scopes;
    private final Clock clock;

    Judge(String issuer, @Nullable String audience, ScopeFilter scopes, Clock clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.scopes = scopes;
        this.clock = clock;
    }

    /** A reason to refuse a token that the server calls active; a sentence for the log, without input. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why, null, false, false);
        }
    }

    /**
     * The facts of the token that the answer is about.
     *
     * @param sha256 64 hexadecimal digits of the whole token's hash
     * @return null for a token that is not active or that is refused
     * @throws Failure when the answer says neither
     */
    @Nullable AccessToken judge(Answer answer, String sha256) throws Failure {
        if (!answer.active()) return null;
        try {
            checkWhatItIs(answer);
            checkWhoseItIs(answer);
            return facts(answer, sha256);
        } catch (Refused e) {
            LOG.info("refused: a token that the introspection server calls active {}", e.getMessage());
            return null;
        }
    }

    private static void checkWhatItIs(Answer answer) throws Failure, Refused {
        String type = answer.text("token_type");
        if (type != null && !type.equalsIgnoreCase("Bearer")) throw new Refused("is no bearer token by its token_type");
        if (answer.has("cnf")) throw new Refused("is bound to a key or certificate, which cannot be checked here");
        // a hint does not keep the server from finding a refresh token, and many say so in one of these
        String use = answer.text("token_use");
        String typ = answer.text("typ");
        boolean other = (use != null && !ACCESS_TOKENS.contains(use))
                || (typ != null && OTHER_TYPES.contains(typ.toLowerCase(Locale.ROOT)));
        if (other) throw new Refused("is no access token by its token_use or typ");
    }

    private void checkWhoseItIs(Answer answer) throws Failure, Refused {
        String iss = answer.text("iss");
        if (iss != null && !iss.equals(issuer)) throw new Refused("is another issuer's; compare introspection-issuer");
        if (audience != null && !answer.texts("aud").contains(audience)) {
            throw new Refused("is meant for somebody else; compare introspection-audience");
        }
        Instant nbf = answer.instant("nbf");
        if (nbf != null && nbf.isAfter(clock.instant())) throw new Refused("is not valid yet");
    }

    private AccessToken facts(Answer answer, String sha256) throws Failure, Refused {
        Set<String> granted = scopes.passing(answer.text("scope"));
        if (granted.size() > MOST_SCOPES) throw new Refused("has more than " + MOST_SCOPES + " scopes");
        Instant iat = answer.instant("iat");
        String owner = issuer + "|" + subject(answer);
        String id = issuer + "|" + localId(answer, sha256);
        return AccessToken.builder(TokenKind.FOREIGN, id, "introspected token", owner)
                .createdBy(issuer)
                .scopes(granted)
                .createdAt(iat == null ? clock.instant() : iat)
                .expiresAt(answer.instant("exp"))
                .build();
    }

    private static String subject(Answer answer) throws Failure, Refused {
        String sub = answer.text("sub");
        if (sub == null) {
            String client = answer.text("client_id");
            if (client == null) throw new Refused("has neither sub nor client_id");
            return CLIENT + name("client_id", client);
        }
        // otherwise a user who may choose a name could choose a client's
        if (sub.startsWith(CLIENT)) throw new Refused("has a sub that begins like that of a client");
        return name("sub", sub);
    }

    private static String localId(Answer answer, String sha256) throws Failure, Refused {
        String jti = answer.text("jti");
        if (jti != null) return name("jti", jti);
        byte[] hash = HexFormat.of().parseHex(sha256);
        return new String(Base64.getUrlEncoder().encode(hash), StandardCharsets.US_ASCII).substring(0, ID_CHARACTERS);
    }

    /** What goes into logs, lists and other people's tables as a name: visible characters, not too many. */
    private static String name(String field, String value) throws Refused {
        if (value.isBlank()
                || value.length() > LONGEST_NAME
                || !value.codePoints().allMatch(Judge::isVisible)) {
            throw new Refused("has a " + field + " that is empty, longer than " + LONGEST_NAME
                    + " characters, or holds characters that cannot be seen");
        }
        return value;
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
