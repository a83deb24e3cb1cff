package dev.scopegate.it;

import dev.scopegate.it.server.Container;

/** Tomcat 10.1, Servlet 6.0. */
final class Tomcat10RequestsIT extends RequestsContract {
    Tomcat10RequestsIT() {
        super(Container.tomcat("tomcat-10.1"));
    }
}
