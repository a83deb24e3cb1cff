package dev.scopegate.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.Settings;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.servlet.BearerTokenFilter;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jboss.weld.environment.servlet.EnhancedListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The injected token in a real CDI container, Weld, in a real server, Jetty. */
class InjectedTokenTest {
    private static final Server server = new Server();
    private static final ServerConnector connector = new ServerConnector(server);
    private static final InMemoryTokenStore store = new InMemoryTokenStore();
    private static final TestTokens tokens = new TestTokens();
    private static final HttpClient client = HttpClient.newHttpClient();

    /** One object for all requests; a principal of the container's own must stay injectable beside the token. */
    @ApplicationScoped
    public static class Greeting {
        @Inject
        private AccessToken caller;

        @Inject
        private Principal principal;

        String text() {
            return caller.owner() + " " + caller.getName() + " " + caller.name() + " " + caller.scopes() + " "
                    + caller.toBuilder().build().id().equals(caller.id()) + " " + (principal instanceof AccessToken);
        }

        String quietly() {
            return caller.toString();
        }
    }

    /** As a full server has it. */
    @ApplicationScoped
    public static class Container {
        @Produces
        Principal principal() {
            return () -> "whom the container knows";
        }
    }

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Greeting greeting = CDI.current().select(Greeting.class).get();
            switch (request.getPathInfo()) {
                case "/async" -> {
                    AsyncContext later = request.startAsync();
                    later.dispatch("/page/later");
                }
                case "/quietly" -> response.getWriter().write(greeting.quietly());
                default -> {
                    try {
                        response.getWriter().write(request.getDispatcherType() + " " + greeting.text());
                    } catch (IllegalStateException e) {
                        response.getWriter().write(e.getMessage());
                    }
                }
            }
        }
    }

    @BeforeAll
    static void start() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        context.setAttribute(
                Scopegate.ATTRIBUTE,
                Scopegate.builder()
                        .catalog(ScopeCatalog.of(Scope.named("public")))
                        .store(store)
                        .format(tokens.format())
                        .configuration(Configuration.builder(Settings.ALL)
                                .add("test", Map.of("default-access", "permit"))
                                .build())
                        .build());
        context.addServletContainerInitializer(new Announcement());
        context.addServletContainerInitializer(new EnhancedListener());
        FilterHolder filter = new FilterHolder(new BearerTokenFilter());
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        ServletHolder page = new ServletHolder(new Page());
        page.setAsyncSupported(true);
        context.addServlet(page, "/page/*");
        server.start();
    }

    @AfterAll
    static void stop() {
        LifeCycle.stop(server);
    }

    private static String token(String owner, String name) throws Exception {
        NewToken minted = tokens.mint(owner, name);
        store.add(StoredToken.of(minted), TestTokens.NOW);
        return minted.reveal();
    }

    private static String get(String path, String... token) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + path));
        for (String each : token) request.header("Authorization", "Bearer " + each);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void oneInjectedTokenIsThatOfWhicheverRequestAsks() throws Exception {
        String ada = token("ada", "laptop");
        String eve = token("eve", "ci");
        for (String path : List.of("/page/now", "/page/now")) {
            assertThat(get(path, ada)).isEqualTo("REQUEST ada ada laptop public true false");
            assertThat(get(path, eve)).isEqualTo("REQUEST eve eve ci public true false");
        }
    }

    @Test
    void anAsynchronousDispatchHasItToo() throws Exception {
        assertThat(get("/page/async", token("ada", "later"))).startsWith("ASYNC ada ada later");
    }

    @Test
    void whereNoTokenOpenedTheRequestEveryQuestionIsRefusedInOneSentence() throws Exception {
        assertThat(get("/page/now"))
                .isEqualTo("no token opened this request: where that may be, use"
                        + " AccessToken.current(request::getAttribute), which is null then");
        assertThat(get("/page/now", "no-such-token")).startsWith("no token opened this request");
    }

    @Test
    void toBePrintedItNeedsNoTokenAndShowsNoSecret() throws Exception {
        String ada = token("ada", "printed");
        assertThat(get("/page/quietly")).isEqualTo("no token");
        assertThat(get("/page/quietly", ada)).doesNotContain(ada.substring(18, 48));
    }
}
