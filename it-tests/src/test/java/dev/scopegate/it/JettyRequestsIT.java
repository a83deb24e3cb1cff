package dev.scopegate.it;

import dev.scopegate.it.server.Container;

/** Jetty 12.1, Servlet 6.0 (ee10). */
final class JettyRequestsIT extends RequestsContract {
    JettyRequestsIT() {
        super(Container.jetty("jetty-12.1"));
    }
}
