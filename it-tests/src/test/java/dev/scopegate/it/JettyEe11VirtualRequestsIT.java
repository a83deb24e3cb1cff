package dev.scopegate.it;

import dev.scopegate.it.server.Container;
import org.junit.jupiter.api.Tag;

/** Jetty 12.1 (ee11) on JDK 25, every request in a virtual thread. */
@Tag("server")
final class JettyEe11VirtualRequestsIT extends VirtualRequestsContract {
    JettyEe11VirtualRequestsIT() {
        super(Container.inVirtualThreads(Container.jettyEe11()));
    }
}
