package dev.scopegate.it;

import dev.scopegate.it.server.Container;
import org.junit.jupiter.api.Tag;

/** GlassFish: Grizzly, Servlet 6.0, Jersey. */
@Tag("server")
final class GlassFishRequestsIT extends RequestsContract {
    GlassFishRequestsIT() {
        super(Container.glassfish());
    }
}
