package dev.scopegate.issuer;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.TokenRepository;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** All that came of one authentication, ended together. */
record Families(TokenRepository tokens, GrantRepository grants) {
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
                tokens.revoke(grant.accessId(), at, by);
            }
        } while (grew);
    }
}
