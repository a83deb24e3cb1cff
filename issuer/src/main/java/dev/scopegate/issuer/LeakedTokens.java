package dev.scopegate.issuer;

import dev.scopegate.access.Scopegate;
import dev.scopegate.event.AuditType;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.TokenKind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kills tokens for whoever has found one. Immutable and safe for any number of threads. */
final class LeakedTokens {
    private static final String BY = "revoke-leaked";
    private static final String LEAKED = "leaked";
    private static final int LONGEST = 8_192;
    private static final Pattern B64TOKEN = Pattern.compile("[0-9A-Za-z_.=-]+");

    private final Scopegate scopegate;
    private final TokenRepository tokens;
    private final GrantRepository grants;
    private final TokenStore store;
    private final @Nullable Denylist denylist;
    private final Clock clock;
    private final IssuerEvents events;

    LeakedTokens(Scopegate scopegate, GrantRepository grants, Clock clock) {
        this.scopegate = scopegate;
        this.tokens = Objects.requireNonNull(scopegate.repository());
        this.grants = grants;
        this.store = scopegate.store();
        this.denylist = store.denylist();
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
        BearerToken found = scopegate.format().readOwn(text);
        String id = found == null ? null : found.id();
        if (found == null || id == null) {
            revokeJwt(text, from);
            return;
        }
        StoredToken stored = tokens.get(id);
        if (stored == null || !stored.opensWith(found, clock.millis())) return;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        tokens.revoke(id, now, BY);
        switch (stored.token().kind()) {
            case API_KEY_SECRET -> tokens.revokeAllOf(id, now, BY);
            case REFRESH -> {
                Grant grant = grants.get(id);
                if (grant != null) new Families(tokens, grants, denylist).revoke(grant.family(), now, BY);
            }
            default -> {}
        }
        events.told(AuditType.TOKEN_REVOKED, null, id, from, LEAKED);
    }

    /** A JWT counts only when its signature does, be its issuer we or another whose tokens are taken here. */
    private void revokeJwt(String text, ClientAddress from) throws Unavailable {
        if (denylist == null
                || text.length() > LONGEST
                || !B64TOKEN.matcher(text).matches()) return;
        BearerToken presented = scopegate.format().read(text);
        StoredToken stored = presented == null ? null : store.findLive(presented);
        Instant end = stored == null ? null : stored.token().expiresAt();
        if (stored == null || end == null || stored.token().kind() != TokenKind.JWT) return;
        denylist.deny(stored.token().id(), end);
        var unused = tokens.revoke(
                stored.token().id(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                BY); // where it is a private one, which is listed
        events.told(AuditType.TOKEN_REVOKED, null, stored.token().id(), from, LEAKED);
    }
}
