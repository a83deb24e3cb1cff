package dev.scopegate.engines;

import jakarta.servlet.http.HttpServlet;
import org.jboss.resteasy.plugins.server.servlet.HttpServletDispatcher;

/** RESTEasy 6.2. */
final class RestEasyExportTest extends ExportContract {
    @Override
    HttpServlet engine() {
        return new HttpServletDispatcher();
    }

    @Override
    boolean canBeIncluded() {
        return false;
    }
}
