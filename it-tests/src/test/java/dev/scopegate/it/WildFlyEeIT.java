package dev.scopegate.it;

import dev.scopegate.it.server.Container;
import org.junit.jupiter.api.Tag;

/** EJB, CDI and Jakarta Security in WildFly. */
@Tag("server")
@Tag("wildfly")
final class WildFlyEeIT extends EeContract {
    WildFlyEeIT() {
        super(Container.wildflyEe());
    }
}
