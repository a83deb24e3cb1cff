package dev.scopegate.it.stores;

import java.nio.file.Path;

final class LedgerFaultOnPostgresIT extends LedgerFaultContract {
    @Override
    Backend backend(Path scratch) throws Exception {
        return new PostgresBackend();
    }

    @Override
    String timeout() {
        return "jdbc-timeout";
    }
}
