package dev.scopegate.trial;

import dev.scopegate.token.AccessToken;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Paths beside JAX-RS: what is open, what the container guards, and what is answered in a later dispatch. */
@WebServlet(
        urlPatterns = {"/healthz", "/constrained/page", "/async"},
        asyncSupported = true)
public class Pages extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    @SuppressWarnings({"NullAway.Init", "serial"}) // a client proxy, which CDI makes serializable
    private AccessToken caller;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case "/healthz" -> response.getWriter().write("ok");
            case "/async" -> async(request, response);
            default -> response.getWriter().write(caller.owner());
        }
    }

    private void async(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute("again") == null) {
            request.setAttribute("again", true);
            AsyncContext later = request.startAsync();
            later.dispatch();
        } else {
            response.getWriter().write(request.getDispatcherType() + " " + caller.owner());
        }
    }
}
