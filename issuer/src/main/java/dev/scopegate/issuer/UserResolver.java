package dev.scopegate.issuer;

import dev.scopegate.access.Scopegate;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells which user a request to the issuer comes from. Safe for any number of threads. */
@FunctionalInterface
public interface UserResolver {
    /** The role of the container's users who are administrators. */
    String ADMINISTRATOR_ROLE = "token-admin";

    /**
     * Who asks. A request with an {@code Authorization} header that opened nothing never gets here.
     *
     * @param token what the request was let in with; null: it has no {@code Authorization} header
     * @return null when nobody is signed in
     * @throws AccessDenied when somebody is, who may not ask this
     */
    @Nullable User resolve(HttpServletRequest request, @Nullable AccessToken token) throws AccessDenied, Unavailable;

    /**
     * The resolver that is used unless another is set: a bearer token with {@code tokens.manage}, or {@code tokens.read} for
     * what changes nothing; or else the container's own user, an administrator in the role {@value #ADMINISTRATOR_ROLE}.
     *
     * @param administrators which owners are administrators when their token has the scope {@code admin}
     */
    static UserResolver standard(Scopegate scopegate, Predicate<String> administrators) {
        return new StandardResolver(scopegate, administrators);
    }
}
