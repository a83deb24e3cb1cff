package dev.scopegate.sample.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Sends the headers of answers to HEAD whose length is not known. Some containers would else give them the length 0, which
 * is not that of GET's answer (RFC 9110 §8.6).
 */
public final class HeadFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        boolean unknown = response.getStatus() == 200 && !response.containsHeader("Content-Length");
        if (request.getMethod().equals("HEAD") && unknown && !request.isAsyncStarted()) response.flushBuffer();
    }
}
