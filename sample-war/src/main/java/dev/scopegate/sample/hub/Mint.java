package dev.scopegate.sample.hub;

import dev.scopegate.access.Scopegate;
import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditType;
import dev.scopegate.net.Network;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes tokens and stores them. */
record Mint(Scopegate scopegate, TokenRepository tokens) {

    private static final int PAGE = 1_000;

    /** What a token is to be; the scopes are declared ones. */
    record Wish(
            String name,
            String owner,
            Collection<String> scopes,
            @Nullable Instant expiresAt,
            List<String> resources,
            List<Network> networks) {}

    /** A token that is not stored yet. */
    NewToken make(Wish wish, Instant now) {
        BearerToken plain = scopegate.format().mint(TokenKind.PERSONAL);
        String id = Objects.requireNonNull(plain.id());
        AccessToken facts = AccessToken.builder(TokenKind.PERSONAL, id, wish.name(), wish.owner())
                .createdBy(Hub.ADMINISTRATOR)
                .scopes(scopegate.catalog().withDefaults(wish.scopes()))
                .resources(wish.resources())
                .allowedNetworks(wish.networks())
                .createdAt(now.truncatedTo(ChronoUnit.MILLIS))
                .expiresAt(wish.expiresAt())
                .hint(scopegate.format().hint(TokenKind.PERSONAL, id))
                .build();
        return new NewToken(facts, plain);
    }

    /** Every token that fits, read page by page; the newest first. */
    List<AccessToken> list(TokenQuery query) throws Unavailable {
        return list(tokens, query);
    }

    static List<AccessToken> list(TokenRepository tokens, TokenQuery query) throws Unavailable {
        List<AccessToken> all = new ArrayList<>();
        TokenCursor next = null;
        do {
            TokenPage page = tokens.page(query, next, PAGE, Instant.now());
            all.addAll(page.tokens());
            next = page.next();
        } while (next != null);
        return all;
    }

    /** Stores it; false, and nothing is stored, when its owner has an active token of that name. */
    boolean store(NewToken token) throws Unavailable {
        boolean stored = tokens.add(StoredToken.of(token), token.facts().createdAt());
        if (stored) tell(AuditType.TOKEN_MINTED, token.facts().id());
        return stored;
    }

    /** Revokes one; null when there is none with this id. */
    @Nullable AccessToken revoke(String id, Instant at) throws Unavailable {
        AccessToken revoked = tokens.revoke(id, at, Hub.ADMINISTRATOR);
        if (revoked != null) tell(AuditType.TOKEN_REVOKED, id);
        return revoked;
    }

    private void tell(AuditType type, String id) {
        scopegate
                .listener()
                .on(AuditEvent.of(type, System.currentTimeMillis())
                        .actor(Hub.ADMINISTRATOR)
                        .token(id)
                        .build());
    }
}
