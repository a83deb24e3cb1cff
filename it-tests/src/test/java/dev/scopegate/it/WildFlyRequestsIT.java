package dev.scopegate.it;

import dev.scopegate.it.server.Container;
import org.junit.jupiter.api.Tag;

/** WildFly: Undertow, Servlet 6.0, RESTEasy. */
@Tag("server")
@Tag("wildfly")
final class WildFlyRequestsIT extends RequestsContract {
    WildFlyRequestsIT() {
        super(Container.wildfly());
    }
}
