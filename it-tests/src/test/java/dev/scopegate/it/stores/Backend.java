package dev.scopegate.it.stores;

import java.io.IOException;
import java.util.List;

/** Something that keeps a hub's tokens, running. */
public interface Backend extends AutoCloseable {
    /** The JVM options by which a hub is told of it: one setting, or none for the default. */
    List<String> options();

    /** Where it listens; 0 when it is no server. */
    default int port() {
        return 0;
    }

    @Override
    void close() throws IOException;

    /** Whether several hubs can share it. */
    default boolean isShared() {
        return true;
    }
}
