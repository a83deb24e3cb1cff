package dev.scopegate.peers;

import com.codahale.metrics.MetricRegistry;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.benchmarks.Application;
import dev.scopegate.benchmarks.Fixture;
import dev.scopegate.jaxrs.ScopegateFeature;
import dev.scopegate.servlet.BearerTokenFilter;
import io.dropwizard.auth.AuthDynamicFeature;
import io.dropwizard.auth.Authenticator;
import io.dropwizard.auth.CachingAuthenticator;
import io.dropwizard.auth.PrincipalImpl;
import io.dropwizard.auth.oauth.OAuthCredentialAuthFilter;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.DispatcherType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature;
import org.glassfish.jersey.servlet.ServletContainer;

/** One resource method in Jersey, and what guards it. */
final class JaxRs {
    private static final byte[] BODY = "{\"ok\":true}".getBytes(StandardCharsets.US_ASCII);

    private JaxRs() {}

    /** Open to everybody. */
    @Path(Application.PATH)
    public static class Open {
        @GET
        @Produces("application/json")
        public byte[] read() {
            return BODY;
        }
    }

    /** Says the scope as Scopegate reads it. */
    @Path(Application.PATH)
    public static class Scoped {
        @GET
        @Produces("application/json")
        @RequiresScope(Fixture.NEEDED)
        public byte[] read() {
            return BODY;
        }
    }

    /** Says the scope as a role, which is what Dropwizard Auth knows. */
    @Path(Application.PATH)
    public static class Roled {
        @GET
        @Produces("application/json")
        @RolesAllowed(Fixture.NEEDED)
        public byte[] read() {
            return BODY;
        }
    }

    /** Whoever has a token, and the one scope that comes with it. */
    private static final class Caller extends PrincipalImpl {
        private final String scope;

        Caller(String scope) {
            super("ada");
            this.scope = scope;
        }
    }

    static ServletContextHandler bare() {
        return context(new ResourceConfig(Open.class));
    }

    static ServletContextHandler feature(Fixture fixture) {
        return context(new ResourceConfig(Scoped.class).register(new ScopegateFeature(fixture.scopegate())));
    }

    static ServletContextHandler filterAndFeature(Fixture fixture) {
        ServletContextHandler context = feature(fixture);
        FilterHolder filter = new FilterHolder(new BearerTokenFilter(fixture.scopegate()));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        return context;
    }

    static ServletContextHandler dropwizardAuth(KnownTokens tokens) {
        Authenticator<String, Caller> authenticator =
                token -> Optional.ofNullable(tokens.scope(token)).map(Caller::new);
        CachingAuthenticator<String, Caller> cached = new CachingAuthenticator<>(
                new MetricRegistry(),
                authenticator,
                Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofSeconds(60)));
        AuthDynamicFeature auth = new AuthDynamicFeature(new OAuthCredentialAuthFilter.Builder<Caller>()
                .setAuthenticator(cached)
                .setAuthorizer((caller, role, request) -> caller.scope.equals(role))
                .setPrefix("Bearer")
                .buildAuthFilter());
        return context(new ResourceConfig(Roled.class).register(auth).register(RolesAllowedDynamicFeature.class));
    }

    private static ServletContextHandler context(ResourceConfig application) {
        ServletContextHandler context = new ServletContextHandler("/");
        application.property(ServerProperties.WADL_FEATURE_DISABLE, true); // it only warns that JAXB is missing
        ServletHolder servlet = new ServletHolder(new ServletContainer(application));
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
        return context;
    }
}
