package dev.scopegate.it;

import dev.scopegate.it.server.Container;
import org.junit.jupiter.api.Tag;

/** Payara Micro: Grizzly, Servlet 6.0, Jersey. */
@Tag("server")
final class PayaraMicroRequestsIT extends RequestsContract {
    PayaraMicroRequestsIT() {
        super(Container.payara());
    }
}
