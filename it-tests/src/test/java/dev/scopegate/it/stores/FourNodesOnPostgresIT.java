package dev.scopegate.it.stores;

import java.nio.file.Path;

final class FourNodesOnPostgresIT extends FourNodesContract {
    @Override
    Backend backend(Path scratch) throws Exception {
        return new PostgresBackend();
    }
}
