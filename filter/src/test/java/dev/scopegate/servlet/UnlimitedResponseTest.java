package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.util.Map;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A response that might have been limited and is not, as the container itself would send it. */
@ParameterizedClass
@EnumSource(ExportServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnlimitedResponseTest extends ExportContract {
    @Override
    void addServlets() {
        serveFree("/free/writer", (request, response) -> response.getWriter().write("hello"));
        serveFree("/free/json", (request, response) -> {
            response.setContentType("application/json");
            response.getWriter().println("{}");
        });
        serveFree("/free/typed", (request, response) -> {
            PrintWriter writer = response.getWriter();
            response.setContentType("text/csv;charset=UTF-8");
            writer.printf("%d;%s", 1, "\u00fc").println();
            writer.flush();
        });
        serveFree("/free/print", (request, response) -> {
            response.setContentType("text/plain;charset=UTF-8");
            response.getOutputStream().println("hello");
        });
        serveFree("/free/forward", (request, response) -> {
            response.getWriter().write("STALE");
            request.getRequestDispatcher("/free/writer").forward(request, response);
        });
        serveFree("/free/include", (request, response) -> {
            response.getWriter().write("first ");
            request.getRequestDispatcher("/free/writer").include(request, response);
        });
        serveFree("/free/reset", (request, response) -> {
            response.getWriter().write("STALE");
            response.reset();
            response.getOutputStream().write('x');
        });
        serveFree("/free/resetBuffer", (request, response) -> {
            response.getWriter().write("STALE");
            response.resetBuffer();
            response.getWriter().write("ok");
        });
        serveFree("/free/error", (request, response) -> {
            response.getWriter().write("STALE");
            response.sendError(418);
        });
        serveFree("/free/closed", (request, response) -> {
            response.getWriter().write("whole");
            response.getWriter().close();
            response.getWriter().write("more");
        });
        serveFree("/free/both", (request, response) -> {
            response.getOutputStream();
            try {
                response.getWriter();
            } catch (IllegalStateException e) {
                response.getOutputStream().write('x');
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "writer",
                "json",
                "typed",
                "print",
                "forward",
                "include",
                "reset",
                "resetBuffer",
                "error",
                "closed",
                "both"
            })
    void whatIsNotLimitedLeavesAsTheContainerSendsIt(String path) throws Exception {
        Reply plain = server.get("/app/free/" + path);

        Reply reply = get("/free/" + path);

        if (plain.status() == 200) assertThat(plain.body()).isNotEmpty();
        assertThat(reply.status()).isEqualTo(plain.status());
        assertThat(reply.body()).isEqualTo(plain.body());
        assertThat(withoutDate(reply)).isEqualTo(withoutDate(plain));
    }

    private static Map<String, String> withoutDate(Reply reply) {
        Map<String, String> headers = new java.util.TreeMap<>(reply.headers());
        headers.remove("date");
        return headers;
    }
}
