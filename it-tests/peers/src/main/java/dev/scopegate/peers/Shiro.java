package dev.scopegate.peers;

import dev.scopegate.benchmarks.Fixture;
import jakarta.servlet.Filter;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.BearerToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authz.AuthorizationInfo;
import org.apache.shiro.authz.SimpleAuthorizationInfo;
import org.apache.shiro.cache.AbstractCacheManager;
import org.apache.shiro.cache.Cache;
import org.apache.shiro.cache.MapCache;
import org.apache.shiro.mgt.DefaultSessionStorageEvaluator;
import org.apache.shiro.mgt.DefaultSubjectDAO;
import org.apache.shiro.realm.AuthorizingRealm;
import org.apache.shiro.subject.PrincipalCollection;
import org.apache.shiro.web.filter.mgt.DefaultFilterChainManager;
import org.apache.shiro.web.filter.mgt.PathMatchingFilterChainResolver;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;
import org.apache.shiro.web.servlet.AbstractShiroFilter;
import org.jspecify.annotations.Nullable;

/** Apache Shiro's bearer filter and permission filter over a realm with both of its caches on, without sessions. */
final class Shiro {
    private Shiro() {}

    /** What {@code shiro.ini} would make. */
    private static final class ShiroFilter extends AbstractShiroFilter {
        ShiroFilter(DefaultWebSecurityManager security, DefaultFilterChainManager chains) {
            PathMatchingFilterChainResolver resolver = new PathMatchingFilterChainResolver();
            resolver.setFilterChainManager(chains);
            setSecurityManager(security);
            setFilterChainResolver(resolver);
        }
    }

    private static final class Caches extends AbstractCacheManager {
        @Override
        protected <K, V> Cache<K, V> createCache(String name) {
            return new MapCache<>(name, KnownTokens.<K, V>cache().asMap());
        }
    }

    private static final class Realm extends AuthorizingRealm {
        private final KnownTokens tokens;

        Realm(KnownTokens tokens) {
            super(new Caches());
            this.tokens = tokens;
            setAuthenticationTokenClass(BearerToken.class);
            setAuthenticationCachingEnabled(true);
            setAuthorizationCachingEnabled(true);
        }

        @Override
        protected @Nullable AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken presented) {
            String token = ((BearerToken) presented).getToken();
            return tokens.scope(token) == null ? null : new SimpleAuthenticationInfo(token, token, getName());
        }

        @Override
        protected AuthorizationInfo doGetAuthorizationInfo(PrincipalCollection principals) {
            SimpleAuthorizationInfo may = new SimpleAuthorizationInfo();
            may.addStringPermission(tokens.scope((String) principals.getPrimaryPrincipal()));
            return may;
        }
    }

    static Filter filter(KnownTokens tokens) {
        DefaultWebSecurityManager security = new DefaultWebSecurityManager(new Realm(tokens));
        DefaultSessionStorageEvaluator sessions = new DefaultSessionStorageEvaluator();
        sessions.setSessionStorageEnabled(false);
        ((DefaultSubjectDAO) security.getSubjectDAO()).setSessionStorageEvaluator(sessions);
        security.setRememberMeManager(null);
        DefaultFilterChainManager chains = new DefaultFilterChainManager();
        chains.createChain("/**", "noSessionCreation, authcBearer, perms[" + Fixture.NEEDED + "]");
        return new ShiroFilter(security, chains);
    }
}
