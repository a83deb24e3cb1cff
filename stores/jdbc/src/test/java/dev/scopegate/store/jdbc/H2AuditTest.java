package dev.scopegate.store.jdbc;

import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.SharedAuditContract;

class H2AuditTest extends SharedAuditContract {
    private final String url = "jdbc:h2:mem:" + Databases.newName() + ";DB_CLOSE_DELAY=-1";

    @Override
    protected TokenRepository open() {
        return Databases.open(url, "sa", "");
    }
}
