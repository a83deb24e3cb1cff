package dev.scopegate.engines;

import dev.scopegate.annotation.ExportLimited;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A limited servlet that hands on to the resource methods what is asked of it, or takes their answer into its own. */
@ExportLimited(Outer.RESOURCE)
final class Outer extends HttpServlet {
    static final String RESOURCE = "dataset:outer";

    /** What it writes itself behind what it has included. */
    static final String OWN = "y".repeat(100);

    private static final long serialVersionUID = 1;
    private final boolean includes;

    Outer(boolean includes) {
        this.includes = includes;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        RequestDispatcher inner = request.getRequestDispatcher(request.getPathInfo());
        if (!includes) {
            inner.forward(request, response);
            return;
        }
        inner.include(request, response);
        response.getOutputStream().print(OWN);
    }
}
