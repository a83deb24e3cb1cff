package dev.scopegate.it;

import dev.scopegate.it.server.Container;

/** Tomcat 11, Servlet 6.1. */
final class Tomcat11RequestsIT extends RequestsContract {
    Tomcat11RequestsIT() {
        super(Container.tomcat("tomcat-11"));
    }
}
