package dev.scopegate.it.stores;

import java.nio.file.Path;

final class HubOnPostgresIT extends HubStoreContract {
    @Override
    Backend backend(Path scratch) throws Exception {
        return new PostgresBackend();
    }
}
