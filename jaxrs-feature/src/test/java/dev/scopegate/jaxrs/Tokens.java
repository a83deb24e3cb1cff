package dev.scopegate.jaxrs;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.AccessTokenBuilder;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store that tells nobody of its changes, counts what it is asked, and can be out of order. */
final class Tokens implements TokenStore {
    final TokenFormat format = TokenFormat.standard();
    final AtomicInteger lookUps = new AtomicInteger();
    volatile boolean down;
    private final Map<String, StoredToken> byId = new ConcurrentHashMap<>();

    String mint(String... scopes) {
        return mint(token -> token.scopes(List.of(scopes)));
    }

    String mint(UnaryOperator<AccessTokenBuilder> change) {
        BearerToken plain = format.mint(TokenKind.PERSONAL);
        AccessTokenBuilder facts = AccessToken.builder(TokenKind.PERSONAL, plain.id(), plain.id(), "alice");
        NewToken minted = new NewToken(change.apply(facts).build(), plain);
        byId.put(minted.facts().id(), StoredToken.of(minted));
        return minted.reveal();
    }

    /** A well-formed token that no store knows. */
    String unknown() {
        return format.mint(TokenKind.PERSONAL).reveal();
    }

    void revoke(String token) {
        byId.computeIfPresent(
                format.read(token).id(),
                (id, row) -> row.with(
                        row.token().toBuilder().revoked(Instant.now(), "bob").build()));
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
        lookUps.incrementAndGet();
        if (down) throw new Unavailable("the test has switched the store off", null);
        return byId.get(presented.id());
    }
}
