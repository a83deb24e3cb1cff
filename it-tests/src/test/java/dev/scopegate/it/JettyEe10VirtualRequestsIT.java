package dev.scopegate.it;

import dev.scopegate.it.server.Container;
import org.junit.jupiter.api.Tag;

/** Jetty 12.1 (ee10) on JDK 25, every request in a virtual thread. */
@Tag("server")
final class JettyEe10VirtualRequestsIT extends VirtualRequestsContract {
    JettyEe10VirtualRequestsIT() {
        super(Container.inVirtualThreads(Container.jettyEe10()));
    }
}
