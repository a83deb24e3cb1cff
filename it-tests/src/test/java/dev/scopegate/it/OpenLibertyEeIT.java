package dev.scopegate.it;

import dev.scopegate.it.server.Container;
import org.junit.jupiter.api.Tag;

/** EJB, CDI and Jakarta Security in Open Liberty. */
@Tag("server")
final class OpenLibertyEeIT extends EeContract {
    OpenLibertyEeIT() {
        super(Container.libertyEe());
    }
}
