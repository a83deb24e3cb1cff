package dev.scopegate.it;

import dev.scopegate.it.server.Container;

/** The WAR by itself: {@code java -jar scopegate-sample.war}. */
final class EmbeddedRequestsIT extends RequestsContract {
    EmbeddedRequestsIT() {
        super(Container.embedded());
    }
}
