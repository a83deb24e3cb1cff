package dev.scopegate.it;

import dev.scopegate.it.server.Container;

/** The WAR by itself. */
final class EmbeddedLoginFormIT extends LoginFormContract {
    EmbeddedLoginFormIT() {
        super(Container.embedded());
    }
}
