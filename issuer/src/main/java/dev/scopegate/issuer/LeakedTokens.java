package dev.scopegate.issuer;

import dev.scopegate.access.Scopegate;
import dev.scopegate.event.AuditType;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.BearerToken;
import java.time.Clock;
import java.util.Objects;

/** Kills tokens for whoever has found one. Immutable and safe for any number of threads. */
final class LeakedTokens {
    private static final String BY = "revoke-leaked";
    private static final String LEAKED = "leaked";

    private final Scopegate scopegate;
    private final TokenRepository tokens;
    private final GrantRepository grants;
    private final Clock clock;
    private final IssuerEvents events;

    LeakedTokens(Scopegate scopegate, GrantRepository grants, Clock clock) {
        this.scopegate = scopegate;
        this.tokens = Objects.requireNonNull(scopegate.repository());
        this.grants = grants;
        this.clock = clock;
        this.events = new IssuerEvents(scopegate.listener(), clock);
    }

    /**
     * Revokes the token of our format that the text is, secrets in their grace included, with all that came of it; anything
     * else is ignored.
     *
     * @param from who has found it; nothing else is known of them
     */
    void revoke(String text, ClientAddress from) throws Unavailable {
        BearerToken found = scopegate.format().readOwn(text, 0, text.length());
        String id = found == null ? null : found.id();
        if (found == null || id == null) return;
        StoredToken stored = tokens.get(id);
        if (stored == null || !stored.opensWith(found, clock.millis())) return;
        tokens.revoke(id, clock.instant(), BY);
        switch (stored.token().kind()) {
            case API_KEY_SECRET -> tokens.revokeAllOf(id, clock.instant(), BY);
            case REFRESH -> {
                Grant grant = grants.get(id);
                if (grant != null) new Families(tokens, grants).revoke(grant.family(), clock.instant(), BY);
            }
            default -> {}
        }
        events.told(AuditType.TOKEN_REVOKED, null, id, from, LEAKED);
    }
}
