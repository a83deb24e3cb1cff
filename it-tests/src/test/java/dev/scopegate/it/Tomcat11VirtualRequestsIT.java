package dev.scopegate.it;

import dev.scopegate.it.server.Container;
import org.junit.jupiter.api.Tag;

/** Tomcat 11 on JDK 25, every request in a virtual thread. */
@Tag("server")
final class Tomcat11VirtualRequestsIT extends VirtualRequestsContract {
    Tomcat11VirtualRequestsIT() {
        super(Container.inVirtualThreads(Container.tomcat("tomcat-11")));
    }
}
