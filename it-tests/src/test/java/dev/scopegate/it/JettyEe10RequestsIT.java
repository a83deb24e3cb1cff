package dev.scopegate.it;

import dev.scopegate.it.server.Container;

/** Jetty 12.1, Servlet 6.0 (ee10). */
final class JettyEe10RequestsIT extends RequestsContract {
    JettyEe10RequestsIT() {
        super(Container.jettyEe10());
    }
}
