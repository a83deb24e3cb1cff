package dev.scopegate.it.stores;

import java.io.IOException;
import java.util.List;

/** Something that keeps a hub's tokens, running. */
public interface Backend extends AutoCloseable {
    /** The JVM options by which a hub is told of it: one setting, or none for the default. */
    List<String> options();

    @Override
    void close() throws IOException;

    /** Whether several hubs can share it. */
    default boolean isShared() {
        return true;
    }
}
