package dev.scopegate.issuer;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Scopegate;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.token.AccessToken;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The resolver of an application that sets none. */
final class StandardResolver implements UserResolver {
    private static final String READ = "tokens.read";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final ScopeCatalog catalog;
    private final AccessCheck check;
    private final Predicate<String> administrators;

    StandardResolver(Scopegate scopegate, Predicate<String> administrators) {
        this.catalog = scopegate.catalog();
        this.check = scopegate.check();
        this.administrators = administrators;
    }

    static boolean isReading(HttpServletRequest request) {
        return READING.contains(request.getMethod());
    }

    @Override
    public @Nullable User resolve(HttpServletRequest request, @Nullable AccessToken token) throws AccessDenied {
        return token == null ? ofSession(request) : ofToken(token, isReading(request));
    }

    private User ofToken(AccessToken token, boolean reading) throws AccessDenied {
        boolean manages = check.grants(token, OwnedTokens.MANAGE);
        if (!manages && !(reading && check.grants(token, READ))) {
            List<String> needed = List.of(reading ? READ : OwnedTokens.MANAGE);
            throw new AccessDenied(Problem.insufficientScope(needed, token.scopes()));
        }
        boolean administrator = token.scopes().contains(ScopeCatalog.ADMIN) && administrators.test(token.owner());
        Bounds bounds = Bounds.of(token);
        // a sign-in's token stands for its user, as a session does, and not for the hour that it lasts
        if (Login.isOf(token)) bounds = bounds.withoutEnd();
        return new User(token.owner(), administrator, manages, bounds, false);
    }

    private @Nullable User ofSession(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        if (principal == null || principal instanceof AccessToken || !Rules.isOwner(principal.getName())) return null;
        boolean administrator = request.isUserInRole(ADMINISTRATOR_ROLE);
        return new User(principal.getName(), administrator, true, Bounds.everything(catalog, administrator), true);
    }
}
