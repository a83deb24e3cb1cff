package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.access.Admission;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The request attribute that tells application and feature who is asking, wherever it is read. */
class AttributeTest {
    private static final GuardedServer server = new GuardedServer();

    @BeforeAll
    static void start() throws Exception {
        ErrorPageErrorHandler errorPages = new ErrorPageErrorHandler();
        errorPages.addErrorPage(418, "/seen");
        errorPages.addErrorPage(500, "/seen");
        server.context.setErrorHandler(errorPages);
        server.rules("* /open/** permit")
                .serving("/seen", new Servlets.Doing(AttributeTest::tell))
                .serving("/open/seen", new Servlets.Doing(AttributeTest::tell))
                .serving(
                        "/forward",
                        new Servlets.Doing((request, response) ->
                                request.getRequestDispatcher("/seen").forward(request, response)))
                .serving(
                        "/bare",
                        new Servlets.Doing((request, response) ->
                                request.getRequestDispatcher("/seen").forward(container(request), response)))
                .serving(
                        "/include",
                        new Servlets.Doing((request, response) ->
                                request.getRequestDispatcher("/seen").include(request, response)))
                .serving(
                        "/async",
                        new Servlets.Doing(
                                (request, response) -> request.startAsync().dispatch("/seen")))
                .serving("/threw", new Servlets.Doing((request, response) -> {
                    throw new IllegalStateException("on purpose");
                }))
                .serving("/error", new Servlets.Doing(AttributeTest::revokeAndFail))
                .serving("/later", new Servlets.Doing(AttributeTest::revokeAndDispatch))
                .serving("/own", new Servlets.Doing(AttributeTest::writeIt))
                .start();
    }

    private static HttpServletRequest container(HttpServletRequest request) {
        HttpServletRequest bare = request;
        while (bare instanceof ServletRequestWrapper wrapper) bare = (HttpServletRequest) wrapper.getRequest();
        return bare;
    }

    private static void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AccessToken token = AccessToken.current(request::getAttribute);
        List<String> names = Collections.list(request.getAttributeNames());
        response.getWriter()
                .write(request.getDispatcherType() + " " + (token == null ? "nobody" : token.getName()) + " "
                        + Collections.frequency(names, AccessToken.ATTRIBUTE));
    }

    private static void revoke(HttpServletRequest request) throws ServletException {
        AccessToken token = AccessToken.current(request::getAttribute);
        if (token == null) throw new ServletException("nobody is asking");
        try {
            server.store.revoke(token.id(), Instant.now(), "alice");
        } catch (Unavailable e) {
            throw new ServletException(e);
        }
    }

    /** The page must not depend on a second look-up. */
    private static void revokeAndFail(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        revoke(request);
        response.sendError(418);
    }

    private static void revokeAndDispatch(HttpServletRequest request, HttpServletResponse response)
            throws ServletException {
        AsyncContext async = request.startAsync(container(request), response);
        revoke(request);
        async.dispatch("/seen");
    }

    private static void writeIt(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String name = AccessToken.ATTRIBUTE;
        StringBuilder seen = new StringBuilder();
        request.setAttribute("other", "x");
        seen.append(request.getAttribute(name) instanceof Admission).append(' ');
        request.setAttribute(name, "mine");
        seen.append(request.getAttribute(name)).append(' ');
        request.removeAttribute(name);
        seen.append(request.getAttribute(name)).append(' ');
        seen.append(Collections.list(request.getAttributeNames()).contains(name))
                .append(' ');
        request.removeAttribute("other");
        response.getWriter().write(seen.append(request.getAttribute("other")).toString());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String seen(String path) throws Exception {
        return server.getAs(server.token("public"), "/app" + path).body();
    }

    @Test
    void everyDispatchFindsItOnce() throws Exception {
        assertThat(seen("/seen")).isEqualTo("REQUEST alice 1");
        assertThat(seen("/forward")).isEqualTo("FORWARD alice 1");
        assertThat(seen("/include")).isEqualTo("INCLUDE alice 1");
        assertThat(seen("/async")).isEqualTo("ASYNC alice 1");
        assertThat(seen("/threw")).isEqualTo("ERROR alice 1");
    }

    @Test
    void aForwardWithTheContainersOwnRequestIsAuthenticatedAgain() throws Exception {
        assertThat(seen("/bare")).isEqualTo("FORWARD alice 1");
    }

    @Test
    void laterDispatchesDoNotAskTheStoreAgain() throws Exception {
        assertThat(seen("/error")).isEqualTo("ERROR alice 1");
        assertThat(seen("/later")).isEqualTo("ASYNC alice 1");
    }

    @Test
    void whoeverHasNoTokenIsRememberedToo() throws Exception {
        assertThat(server.get("/app/open/seen").body()).isEqualTo("REQUEST nobody 1");
    }

    @Test
    void applicationCodeMayReplaceAndRemoveIt() throws Exception {
        assertThat(seen("/own")).isEqualTo("true mine null false null");
    }
}
