package dev.scopegate.it;

import dev.scopegate.it.server.Container;
import org.junit.jupiter.api.Tag;

/** Open Liberty: Servlet 6.0, RESTEasy. */
@Tag("server")
final class OpenLibertyRequestsIT extends RequestsContract {
    OpenLibertyRequestsIT() {
        super(Container.liberty());
    }
}
