package dev.scopegate.engines;

import jakarta.servlet.http.HttpServlet;
import org.glassfish.jersey.servlet.ServletContainer;

/** Jersey 3.1. */
final class JerseyIssuerTest extends IssuerContract {
    @Override
    HttpServlet engine() {
        return new ServletContainer();
    }
}
