package dev.scopegate.issuer;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.TokenRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that came of one authentication, ended together.
 *
 * @param denylist where JWTs are ended, which no row stands for; null: there are none
 */
record Families(
        TokenRepository tokens,
        GrantRepository grants,
        @Nullable Denylist denylist) {
    /** No JWT of a sign-in lives longer. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * Revokes a family. It is read again until nothing new is in it: a refresh that goes on meanwhile adds its grant first and
     * looks after that whether its own refresh token is revoked, so that one of the two sees the other.
     */
    void revoke(String family, Instant at, String by) throws Unavailable {
        Set<String> done = new HashSet<>();
        boolean grew;
        do {
            grew = false;
            for (Grant grant : grants.family(family)) {
                if (!done.add(grant.refreshId())) continue;
                grew = true;
                tokens.revoke(grant.refreshId(), at, by);
                boolean isJwt = tokens.revoke(grant.accessId(), at, by) == null;
                if (isJwt && denylist != null) denylist.deny(grant.accessId(), at.plus(LONGEST));
            }
        } while (grew);
    }
}
