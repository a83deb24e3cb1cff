package dev.scopegate.issuer;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Makes an access token and the refresh token beside it, from an API key. */
record PairMint(TokenFormat format, TokenRepository tokens, GrantRepository grants, Duration accessLife) {
    private static final Duration REFRESH_LIFE = Duration.ofDays(30);
    private static final int KEPT_OF_NAME = 80;

    /** Two tokens that nobody has yet. */
    record Pair(NewToken access, NewToken refresh) {
        String accessId() {
            return access.facts().id();
        }

        String refreshId() {
            return refresh.facts().id();
        }

        TokenPair shown() {
            return new TokenPair(
                    access.reveal(), Objects.requireNonNull(access.facts().expiresAt()), refresh.reveal());
        }
    }

    Pair pair(AccessToken key, Instant now) {
        return new Pair(mint(TokenKind.ACCESS, key, now, accessLife), mint(TokenKind.REFRESH, key, now, REFRESH_LIFE));
    }

    private NewToken mint(TokenKind kind, AccessToken key, Instant now, Duration life) {
        BearerToken plain = format.mint(kind);
        String id = Objects.requireNonNull(plain.id());
        Instant end = now.plus(life);
        Instant keyEnd = key.expiresAt();
        AccessToken facts = AccessToken.builder(kind, id, name(key, id), key.owner())
                .createdBy(key.createdBy())
                .createdAt(now)
                .expiresAt(keyEnd == null || end.isBefore(keyEnd) ? end : keyEnd)
                .parent(key.id())
                .hint(format.hint(kind, id))
                .build();
        return new NewToken(Minted.as(facts, key), plain);
    }

    /** The key's name, and the id, since no two active tokens of an owner have the same name. */
    private static String name(AccessToken key, String id) {
        String name = key.name();
        boolean longer = name.codePointCount(0, name.length()) > KEPT_OF_NAME;
        return (longer ? name.substring(0, name.offsetByCodePoints(0, KEPT_OF_NAME)) : name) + " " + id;
    }

    /** Stores both, and the grant after them: whoever ends a family finds the tokens of every grant that it reads. */
    void store(Pair pair, String family, Instant now) throws Unavailable {
        for (NewToken token : new NewToken[] {pair.access(), pair.refresh()}) {
            if (!tokens.add(StoredToken.of(token), now)) {
                throw new Unavailable("a random id was taken", null);
            }
        }
        Instant end = Objects.requireNonNull(pair.refresh().facts().expiresAt());
        grants.add(Grant.of(pair.refreshId(), pair.accessId(), family, end), now);
    }

    /** Removes what nobody was given. */
    void discard(Pair pair) throws Unavailable {
        tokens.delete(pair.refreshId());
        tokens.delete(pair.accessId());
        grants.remove(pair.refreshId());
    }
}
