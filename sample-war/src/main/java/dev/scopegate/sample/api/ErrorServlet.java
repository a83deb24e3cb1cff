package dev.scopegate.sample.api;

import dev.scopegate.problem.ErrorEnvelope;
import dev.scopegate.problem.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The envelope where there is nothing else: at every path that nothing is mapped to, so that the WAR's files are not
 * served, and for errors that the container found itself.
 */
public final class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean asked = request.getDispatcherType() != DispatcherType.ERROR;
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Problem problem = Problem.ofStatus(asked || !(status instanceof Integer code) ? 404 : code);
        byte[] body = ErrorEnvelope.of(problem);
        response.setStatus(problem.status());
        response.setContentType(ErrorEnvelope.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body);
    }
}
