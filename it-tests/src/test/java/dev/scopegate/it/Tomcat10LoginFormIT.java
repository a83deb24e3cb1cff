package dev.scopegate.it;

import dev.scopegate.it.server.Container;

/** Tomcat 10.1. */
final class Tomcat10LoginFormIT extends LoginFormContract {
    Tomcat10LoginFormIT() {
        super(Container.tomcat("tomcat-10.1"));
    }
}
