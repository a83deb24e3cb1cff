package dev.scopegate.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.scopegate.access.Scopegate;
import dev.scopegate.jaxrs.ScopegateFeature;
import dev.scopegate.servlet.BearerTokenFilter;
import dev.scopegate.token.NewToken;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/**
 * The issuer's resources behind the filter in a real server, below {@code /api/v1}, and beside them {@code /guarded}, the
 * application's own. Signs in whom the header {@code X-Test-User} names.
 */
final class IssuerServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Desk desk;
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();

    /** What came back. */
    record Reply(int status, String body, HttpResponse<String> response) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new IllegalStateException(body, e);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The status, with the codes of an envelope and the fields that they name. */
        String outcome() {
            StringBuilder outcome = new StringBuilder().append(status);
            if (status < 400) return outcome.toString();
            for (JsonNode error : json().path("errors")) {
                outcome.append(' ').append(error.path("code").asText());
                if (!error.path("attr").isNull())
                    outcome.append('@').append(error.path("attr").asText());
            }
            return outcome.toString();
        }
    }

    IssuerServer(Desk desk) throws Exception {
        this.desk = desk;
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.setContextPath("/");
        context.setAttribute(Scopegate.ATTRIBUTE, desk.scopegate);
        context.setAttribute(Issuer.ATTRIBUTE, desk.issuer);
        FilterHolder signIn = new FilterHolder(new SignIn());
        context.addFilter(signIn, "/*", EnumSet.of(DispatcherType.REQUEST));
        FilterHolder filter = new FilterHolder(new BearerTokenFilter());
        filter.setInitParameter("scope-rules", """
                POST /api/v1/tokens/revoke-leaked permit
                POST /api/v1/auth/authenticate permit
                POST /api/v1/auth/refreshToken permit
                POST /api/v1/auth/login/** permit
                POST /api/v1/auth/refresh/** permit
                GET /.well-known/jwks.json permit
                GET /api/v1/guarded public
                * /api/** session
                """);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        ResourceConfig application = new ResourceConfig(Issuer.resources()).register(ScopegateFeature.class);
        context.addServlet(new ServletHolder(new ServletContainer(application)), "/api/*");
        context.addServlet(new ServletHolder(new JwksServlet()), "/.well-known/jwks.json");
        context.addServlet(new ServletHolder(new Guarded()), "/api/v1/guarded");
        server.setHandler(context);
        server.start();
    }

    /** Stands for the container's own sign-in. */
    private static final class SignIn extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String user = request.getHeader("X-Test-User");
            chain.doFilter(user == null ? request : signedIn(request, user), response);
        }

        private static HttpServletRequest signedIn(HttpServletRequest request, String user) {
            return new HttpServletRequestWrapper(request) {
                @Override
                public Principal getUserPrincipal() {
                    return () -> user;
                }

                @Override
                public boolean isUserInRole(String role) {
                    return role.equals(UserResolver.ADMINISTRATOR_ROLE)
                            && (user.equals("root") || user.equals("chief"));
                }
            };
        }
    }

    /** Stands for what the application guards. */
    private static final class Guarded extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(request.getRemoteUser());
        }
    }

    /** The plain text of a token made for a caller. */
    String token(String owner, String name, String... scopes) throws Exception {
        NewToken minted = desk.tokens()
                .mint(Desk.root(), new TokenDraft(name, List.of(scopes), null, List.of(), List.of(), owner));
        return minted.reveal();
    }

    String origin() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    /** Sends a request; an empty token sends none, an empty body none. Further headers are name and value in turn. */
    Reply send(String token, String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin() + "/api/v1" + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        if (!body.isEmpty() && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.body(), response);
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
        desk.close();
    }
}
