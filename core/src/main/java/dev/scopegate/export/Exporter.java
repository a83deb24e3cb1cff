package dev.scopegate.export;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.net.Network;
import dev.scopegate.token.AccessToken;
import java.util.ArrayList;
import java.util.List;

/**
 * Who exports what.
 *
 * @param token whose export it is
 * @param resource the canonical name
 * @param from where it goes
 */
record Exporter(AccessToken token, String resource, ClientAddress from) {
    boolean isIn(List<Network> networks) {
        if (networks.isEmpty()) return true;
        for (Network network : networks) {
            if (network.contains(from)) return true;
        }
        return false;
    }

    /** The claims of a policy's window limits, in their order; limits that share an account make one, of the smaller max. */
    List<ExportClaim> claims(ExportPolicy policy) {
        List<ExportClaim> claims = new ArrayList<>();
        for (ExportLimit limit : policy.limits()) {
            if (limit.per() == ExportLimit.Per.RESPONSE) continue;
            ExportAccount account = account(limit);
            boolean enforced = policy.mode() == ExportPolicy.Mode.ENFORCE;
            ExportClaim claim = new ExportClaim(account, enforced ? limit.max() : Long.MAX_VALUE);
            int known = find(claims, account);
            if (known < 0) claims.add(claim);
            else if (claim.max() < claims.get(known).max()) claims.set(known, claim);
        }
        return claims;
    }

    private static int find(List<ExportClaim> claims, ExportAccount account) {
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i).account().equals(account)) return i;
        }
        return -1;
    }

    private ExportAccount account(ExportLimit limit) {
        String owner = limit.subject() == ExportLimit.Subject.EVERYONE ? "" : token.owner();
        String subjectId = limit.subject() == ExportLimit.Subject.TOKEN ? token.id() : owner;
        return new ExportAccount(resource, limit.subject(), subjectId, owner, limit.unit(), limit.per());
    }
}
