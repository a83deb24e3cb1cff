package dev.scopegate.engines;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet without limits that takes in a limited resource method's answer, and behind it that of a limited servlet. */
final class Both extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.getRequestDispatcher(request.getPathInfo()).include(request, response);
        request.getRequestDispatcher("/include" + request.getPathInfo()).include(request, response);
    }
}
