package dev.scopegate.peers;

import com.github.benmanes.caffeine.cache.Cache;
import dev.scopegate.benchmarks.Fixture;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** Spring Security's resource server with opaque tokens, without sessions, its introspector behind a cache. */
final class SpringSecurity {
    private SpringSecurity() {}

    /** Whatever the resource server switches on by itself. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class AsItComes {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return guard(http).build();
        }
    }

    /** Without the filters that an interface for programs can do without. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class Trimmed {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return guard(http)
                    .csrf(AbstractHttpConfigurer::disable)
                    .headers(AbstractHttpConfigurer::disable)
                    .logout(AbstractHttpConfigurer::disable)
                    .requestCache(AbstractHttpConfigurer::disable)
                    .build();
        }
    }

    private static HttpSecurity guard(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority("SCOPE_" + Fixture.NEEDED))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()));
    }

    static Filter filter(Class<?> configuration, KnownTokens tokens, ServletContext servlets) {
        AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
        context.setServletContext(servlets);
        context.register(configuration);
        context.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("introspector", introspector(tokens)));
        context.refresh();
        return context.getBean("springSecurityFilterChain", Filter.class);
    }

    private static OpaqueTokenIntrospector introspector(KnownTokens tokens) {
        Cache<String, OAuth2AuthenticatedPrincipal> cache = KnownTokens.cache();
        return token -> {
            OAuth2AuthenticatedPrincipal known = cache.get(token, any -> principal(tokens, any));
            if (known == null) throw new BadOpaqueTokenException("unknown");
            return known;
        };
    }

    private static @Nullable OAuth2AuthenticatedPrincipal principal(KnownTokens tokens, String token) {
        String scope = tokens.scope(token);
        if (scope == null) return null;
        return new DefaultOAuth2AuthenticatedPrincipal(
                "ada",
                Map.of("sub", "ada", "scope", List.of(scope)),
                AuthorityUtils.createAuthorityList("SCOPE_" + scope));
    }
}
