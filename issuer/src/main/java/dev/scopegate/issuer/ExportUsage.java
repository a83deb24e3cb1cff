package dev.scopegate.issuer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.access.Scopegate;
import dev.scopegate.export.ExportAccount;
import dev.scopegate.export.ExportLimit;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.export.Exports;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What has been used of limits. Any token sees its owner's, and everyone's of the resources that it may see; an administrator
 * may ask for others'. Stateless but for its parts.
 */
final class ExportUsage {
    private final Issuer issuer;
    private final Scopegate scopegate;

    ExportUsage(Issuer issuer, Scopegate scopegate) {
        this.issuer = issuer;
        this.scopegate = scopegate;
    }

    ObjectNode of(HttpServletRequest request, SecurityContext security, UriInfo uri) throws AccessDenied, Unavailable {
        Exports exports = issuer.exports();
        AccessToken token = Issuer.token(security);
        if (token != null && uri.getQueryParameters().isEmpty()) return rows(exports, token.owner(), token, false);
        User user = issuer.user(request, security);
        String owner = Lists.owner(uri, user);
        return rows(exports, owner, token, !user.name().equals(owner));
    }

    private ObjectNode rows(Exports exports, @Nullable String owner, @Nullable AccessToken token, boolean everything)
            throws Unavailable {
        SortedMap<String, ExportPolicy> policies = exports.policies().all();
        List<ExportStanding> standings = exports.ledger().usage(owner);
        Set<String> used = new HashSet<>();
        for (ExportStanding one : standings) {
            ExportAccount account = one.claim().account();
            if (!account.owner().isEmpty()) used.add(account.resource());
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode results = json.putArray("results");
        for (ExportStanding one : standings) {
            String resource = one.claim().account().resource();
            // a session has no token to be asked about, so it is told of nothing that its owner has not used
            boolean seen = everything || (token == null ? used.contains(resource) : sees(token, resource));
            ExportAccount account = one.claim().account();
            ExportLimit limit = seen ? limit(policies.get(resource), account) : null;
            if (limit != null) results.add(everything ? withOwner(json(one, limit), account) : json(one, limit));
        }
        return json;
    }

    private boolean sees(AccessToken token, String resource) throws Unavailable {
        try {
            return !scopegate.check().authorizeResource(token, resource).isEmpty();
        } catch (AccessDenied e) {
            return false;
        }
    }

    /** The limit that an account is kept for; null when the policy has none any more. */
    private static @Nullable ExportLimit limit(@Nullable ExportPolicy policy, ExportAccount account) {
        if (policy == null) return null;
        ExportLimit tightest = null;
        for (ExportLimit limit : policy.limits()) {
            boolean same = limit.unit() == account.unit()
                    && limit.per() == account.per()
                    && limit.subject() == account.subject();
            if (same && (tightest == null || limit.max() < tightest.max())) tightest = limit;
        }
        return tightest;
    }

    private static ObjectNode json(ExportStanding standing, ExportLimit limit) {
        ExportAccount account = standing.claim().account();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("resource", account.resource());
        json.put("subject", account.subject().wireName());
        json.put("limit", account.unit().wireName());
        json.put("per", account.per().wireName());
        json.put("max", limit.max());
        json.put("used", standing.used());
        json.put("remaining", Math.max(0, limit.max() - standing.used() - standing.leased()));
        Instant end = standing.resetsAt();
        return json.put("resets_at", end == null ? null : end.toString());
    }

    /** What tells the rows of several owners apart. */
    private static ObjectNode withOwner(ObjectNode json, ExportAccount account) {
        json.put("owner", account.owner().isEmpty() ? null : account.owner());
        return json.put("token_id", account.subject() == ExportLimit.Subject.TOKEN ? account.subjectId() : null);
    }
}
