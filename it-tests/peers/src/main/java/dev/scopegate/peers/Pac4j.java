package dev.scopegate.peers;

import com.github.benmanes.caffeine.cache.Cache;
import dev.scopegate.benchmarks.Fixture;
import jakarta.servlet.Filter;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pac4j.core.authorization.authorizer.RequireAnyRoleAuthorizer;
import org.pac4j.core.config.Config;
import org.pac4j.core.credentials.TokenCredentials;
import org.pac4j.core.credentials.authenticator.Authenticator;
import org.pac4j.core.exception.CredentialsException;
import org.pac4j.core.profile.CommonProfile;
import org.pac4j.core.profile.UserProfile;
import org.pac4j.http.client.direct.DirectBearerAuthClient;
import org.pac4j.jee.filter.SecurityFilter;

/**
 * pac4j's security filter with a direct bearer client, its authenticator in front of a cache. pac4j's own caching
 * authenticator never finds anything again: it keys by the credentials, whose hash changes when they get their profile.
 */
final class Pac4j {
    private static final Logger LOGGER = Logger.getLogger("org.pac4j");

    private Pac4j() {}

    static Filter filter(KnownTokens tokens) {
        LOGGER.setLevel(Level.WARNING); // a line for each refused token would be dearer than the refusal
        Config config = new Config(new DirectBearerAuthClient(authenticator(tokens)));
        config.addAuthorizer("scope", new RequireAnyRoleAuthorizer(Fixture.NEEDED));
        return new SecurityFilter(config, "DirectBearerAuthClient", "scope", "none");
    }

    private static Authenticator authenticator(KnownTokens tokens) {
        Cache<String, UserProfile> cache = KnownTokens.cache();
        return (context, presented) -> {
            UserProfile known = cache.get(((TokenCredentials) presented).getToken(), token -> profile(tokens, token));
            if (known == null) throw new CredentialsException("unknown");
            presented.setUserProfile(known);
            return Optional.of(presented);
        };
    }

    private static @Nullable UserProfile profile(KnownTokens tokens, String token) {
        String scope = tokens.scope(token);
        if (scope == null) return null;
        CommonProfile profile = new CommonProfile();
        profile.setId("ada");
        profile.addRole(scope);
        return profile;
    }
}
