package dev.scopegate.it;

import dev.scopegate.it.server.Container;
import org.junit.jupiter.api.Tag;

/** Tomcat 10.1 on JDK 25, every request in a virtual thread. */
@Tag("server")
final class Tomcat10VirtualRequestsIT extends VirtualRequestsContract {
    Tomcat10VirtualRequestsIT() {
        super(Container.inVirtualThreads(Container.tomcat("tomcat-10.1")));
    }
}
