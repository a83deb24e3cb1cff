package dev.scopegate.it;

import dev.scopegate.it.server.Container;

/** Jetty 12.1, Servlet 6.1 (ee11). */
final class JettyEe11RequestsIT extends RequestsContract {
    JettyEe11RequestsIT() {
        super(Container.jettyEe11());
    }
}
