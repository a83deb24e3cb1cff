package dev.scopegate.servlet;

import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.token.AccessToken;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Servlets that tell what they see. */
final class Servlets {
    private Servlets() {}

    /** Tells who is asking. */
    static class WhoAmI extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            AccessToken token = AccessToken.current(request::getAttribute);
            response.getWriter()
                    .write(String.join(
                            " ",
                            token == null ? "anonymous" : token.getName(),
                            String.valueOf(request.getRemoteUser()),
                            String.valueOf(request.getAuthType()),
                            String.valueOf(request.isUserInRole("public")),
                            String.valueOf(request.isUserInRole("data.data"))));
        }
    }

    @RequiresScope("data.data")
    static class NeedsData extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    /** Inherits what {@link NeedsData} declares. */
    static class InheritsNeedsData extends NeedsData {
        private static final long serialVersionUID = 1L;
    }

    @PermitAll
    static class Open extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @DenyAll
    static class Closed extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @RequiresScope("data.dta")
    static class Misspelt extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    static class AnnotatedMethod extends WhoAmI {
        private static final long serialVersionUID = 1L;

        @Override
        @RequiresScope("data.data")
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
    }

    /** Does with the request what a test says. */
    static final class Doing extends HttpServlet {
        private static final long serialVersionUID = 1L;

        /** What a test says. */
        @FunctionalInterface
        interface Action {
            void run(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
        }

        private final transient Action action;

        Doing(Action action) {
            this.action = action;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            action.run(request, response);
        }
    }
}
