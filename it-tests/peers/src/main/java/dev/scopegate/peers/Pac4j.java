package dev.scopegate.peers;

import com.github.benmanes.caffeine.cache.Cache;
import dev.scopegate.benchmarks.Fixture;
import jakarta.servlet.Filter;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pac4j.core.authorization.authorizer.RequireAnyRoleAuthorizer;
import org.pac4j.core.config.Config;
import org.pac4j.core.credentials.Credentials;
import org.pac4j.core.credentials.TokenCredentials;
import org.pac4j.core.credentials.authenticator.Authenticator;
import org.pac4j.core.credentials.authenticator.LocalCachingAuthenticator;
import org.pac4j.core.exception.CredentialsException;
import org.pac4j.core.profile.CommonProfile;
import org.pac4j.core.profile.UserProfile;
import org.pac4j.core.store.Store;
import org.pac4j.http.client.direct.DirectBearerAuthClient;
import org.pac4j.jee.filter.SecurityFilter;

/** pac4j's security filter with a direct bearer client, its authenticator behind pac4j's own caching one. */
final class Pac4j {
    private static final Logger LOGGER = Logger.getLogger("org.pac4j");

    private Pac4j() {}

    private static final class CaffeineStore implements Store<Credentials, UserProfile> {
        private final Cache<Credentials, UserProfile> cache = KnownTokens.cache();

        @Override
        public Optional<UserProfile> get(Credentials key) {
            return Optional.ofNullable(cache.getIfPresent(key));
        }

        @Override
        public void set(Credentials key, UserProfile value) {
            cache.put(key, value);
        }

        @Override
        public void remove(Credentials key) {
            cache.invalidate(key);
        }
    }

    static Filter filter(KnownTokens tokens) {
        LOGGER.setLevel(Level.WARNING); // a line for each refused token would be dearer than the refusal
        Authenticator cached = new LocalCachingAuthenticator(authenticator(tokens), new CaffeineStore());
        Config config = new Config(new DirectBearerAuthClient(cached));
        config.addAuthorizer("scope", new RequireAnyRoleAuthorizer(Fixture.NEEDED));
        return new SecurityFilter(config, "DirectBearerAuthClient", "scope", "none");
    }

    private static Authenticator authenticator(KnownTokens tokens) {
        return (context, presented) -> {
            String scope = tokens.scope(((TokenCredentials) presented).getToken());
            if (scope == null) throw new CredentialsException("unknown");
            CommonProfile profile = new CommonProfile();
            profile.setId("ada");
            profile.addRole(scope);
            presented.setUserProfile(profile);
            return Optional.of(presented);
        };
    }
}
