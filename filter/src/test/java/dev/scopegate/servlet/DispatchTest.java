package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is forwarded, included, dispatched later or shown as an error page, in each container. */
@ParameterizedClass
@EnumSource(names = {"JETTY", "TOMCAT"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DispatchTest {
    @Parameter
    ExportServers servers;

    private GuardedServer server;

    @BeforeParameterizedClassInvocation
    void start() throws Exception {
        server = servers.make().errorPage(418, "/error").errorPage(500, "/error");
        server.rules("* /open/** permit\n* /start permit")
                .serving("/who", new Servlets.WhoAmI())
                .serving("/data/*", new Servlets.NeedsData())
                .serving("/view", new Servlets.WhoAmI())
                .serving(
                        "/error",
                        new Servlets.Doing((request, response) ->
                                request.getRequestDispatcher("/view").forward(request, response)))
                .serving("/open/begun", new Servlets.Doing((request, response) -> {
                    response.setHeader("Content-Encoding", "gzip");
                    response.setHeader("ETag", "\"1\"");
                    response.setHeader("Access-Control-Allow-Origin", "*");
                    response.setContentType("text/csv;charset=ISO-8859-1");
                    request.getRequestDispatcher("/who").forward(request, response);
                }))
                .serving("/open/wrapping", new Servlets.Doing((request, response) -> {
                    try {
                        request.getRequestDispatcher("/who").include(request, response);
                    } catch (jakarta.servlet.ServletException e) {
                        throw new IllegalStateException("the page cannot be made", e);
                    }
                }))
                .serving(
                        "/open/forward",
                        new Servlets.Doing(
                                (request, response) -> request.getRequestDispatcher(request.getParameter("to"))
                                        .forward(request, response)))
                .serving("/open/include", new Servlets.Doing((request, response) -> {
                    response.getWriter().write("before ");
                    request.getRequestDispatcher(request.getParameter("to")).include(request, response);
                }))
                .serving("/open/async", new Servlets.Doing(DispatchTest::dispatchLater))
                .serving("/open/error", new Servlets.Doing((request, response) -> response.sendError(418)))
                .serving("/async", new Servlets.Doing(DispatchTest::answerLater))
                .start();
    }

    private static void dispatchLater(HttpServletRequest request, HttpServletResponse response) {
        request.startAsync().dispatch(request.getParameter("to"));
    }

    private static void answerLater(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync();
        async.start(() -> {
            HttpServletRequest handedOn = (HttpServletRequest) async.getRequest();
            try {
                async.getResponse().getWriter().write("later " + handedOn.getRemoteUser());
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            async.complete();
        });
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    @Test
    void aForwardFromAnOpenPathIsCheckedAtItsTarget() throws Exception {
        assertThat(server.get("/app/open/forward?to=/who")).hasToString("401 not_authenticated");
        assertThat(server.getAs(server.token("public"), "/app/open/forward?to=/data/x"))
                .hasToString("403 insufficient_scope");
        assertThat(server.getAs(server.token("data.data"), "/app/open/forward?to=/data/x")
                        .body())
                .isEqualTo("alice alice BEARER true true");
    }

    @Test
    void anIncludeOfAProtectedTargetTurnsTheWholeAnswerIntoTheRefusal() throws Exception {
        Reply refused = server.get("/app/open/include?to=/who");
        assertThat(refused).hasToString("401 not_authenticated");
        assertThat(refused.body()).doesNotContain("before");
        assertThat(server.getAs(server.token("public"), "/app/open/include?to=/who")
                        .body())
                .isEqualTo("before alice alice BEARER true false");
    }

    @Test
    void anIncludeWithinAnIncludeTurnsTheWholeAnswerIntoTheRefusal() throws Exception {
        Reply refused = server.get("/app/open/include?to=/open/wrapping");
        assertThat(refused).hasToString("401 not_authenticated");
        assertThat(refused.body()).doesNotContain("before");
        assertThat(server.getAs(server.token("public"), "/app/open/include?to=/open/wrapping")
                        .body())
                .isEqualTo("before alice alice BEARER true false");
    }

    @Test
    void anAsyncDispatchIsCheckedAtItsTarget() throws Exception {
        assertThat(server.get("/app/open/async?to=/data/x")).hasToString("401 not_authenticated");
        assertThat(server.getAs(server.token("data.data"), "/app/open/async?to=/data/x")
                        .body())
                .startsWith("alice");
    }

    @Test
    void asyncCodeGetsTheRequestThatKnowsItsCaller() throws Exception {
        assertThat(server.getAs(server.token("public"), "/app/async").body()).isEqualTo("later alice");
    }

    @Test
    void anErrorPageIsNeverRefusedAndKnowsTheCaller() throws Exception {
        Reply anonymous = server.get("/app/open/error");
        assertThat(anonymous.status()).isEqualTo(418);
        assertThat(anonymous.body()).startsWith("anonymous");
        assertThat(server.getAs(server.token("public"), "/app/open/error").body())
                .startsWith("alice alice BEARER");
    }

    @Test
    void anErrorPageMayForwardToAView() throws Exception {
        assertThat(server.get("/app/open/error?view").body()).startsWith("anonymous");
    }

    @Test
    void aRefusalAfterAForwardSaysNothingOfTheAnswerThatWasBegun() throws Exception {
        Reply reply = server.get("/app/open/begun");
        assertThat(reply).hasToString("401 not_authenticated");
        assertThat(reply.header("Content-Encoding")).isEqualTo("(none)");
        assertThat(reply.header("ETag")).isEqualTo("(none)");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    @Test
    void anIncludedRefusalIsFoundUnderWhatTheApplicationMadeOfIt() throws Exception {
        assertThat(server.get("/app/open/wrapping")).hasToString("401 not_authenticated");
    }
}
