package dev.scopegate.issuer;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.net.Network;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.token.AccessToken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds what somebody grants against what that somebody has. Immutable. */
final class Width {
    private final ScopeCatalog catalog;
    private final AccessCheck check;

    Width(ScopeCatalog catalog, AccessCheck check) {
        this.catalog = catalog;
        this.check = check;
    }

    /** Refuses a token that goes beyond the bounds in anything. */
    void check(AccessToken token, Bounds bounds) throws AccessDenied {
        Problem excess = excess(token, bounds);
        if (excess != null) throw new AccessDenied(excess);
    }

    /** Refuses a changed token that goes beyond the bounds in anything, unless it goes nowhere beyond what it was. */
    void check(AccessToken changed, AccessToken before, Bounds bounds) throws AccessDenied {
        if (excess(changed, Bounds.of(before)) != null) check(changed, bounds);
    }

    private @Nullable Problem excess(AccessToken token, Bounds bounds) {
        List<String> missing = token.scopes().stream()
                .filter(scope -> !bounds.scopes().contains(scope)
                        && !catalog.grants(bounds.scopes(), scope)
                        && !catalog.withDefaults(List.of()).contains(scope))
                .toList();
        if (!missing.isEmpty()) return Problem.insufficientScope(missing, bounds.scopes());
        if (!coversResources(bounds.resources(), token.resources())) return Problem.resourceNotAllowed();
        boolean within = coversNetworks(bounds.networks(), token.allowedNetworks())
                && ends(token.expiresAt(), bounds.expiresAt());
        return within ? null : Problem.permissionDenied();
    }

    private boolean coversResources(List<String> allowed, List<String> granted) {
        if (allowed.isEmpty()) return true;
        return !granted.isEmpty() && granted.stream().allMatch(one -> check.covers(allowed, one));
    }

    private static boolean coversNetworks(List<Network> allowed, List<Network> granted) {
        if (allowed.isEmpty()) return true;
        return !granted.isEmpty()
                && granted.stream().allMatch(one -> allowed.stream().anyMatch(outer -> outer.contains(one)));
    }

    private static boolean ends(@Nullable Instant end, @Nullable Instant latest) {
        return latest == null || (end != null && !end.isAfter(latest));
    }
}
