package dev.scopegate.store.jdbc;

import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.TwoNodesContract;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

/** H2 inside the process. */
class H2TokenStoreTest extends TwoNodesContract {
    private final String url = "jdbc:h2:mem:" + Databases.newName() + ";DB_CLOSE_DELAY=-1";

    @Override
    protected TokenRepository open() {
        return another();
    }

    @Override
    protected TokenRepository another() {
        return Databases.open(url, "sa", "");
    }

    @Test
    void changesThatAreCommittedOutOfOrderAreAllHeard() throws Exception {
        try (Connection early = DriverManager.getConnection(url, "sa", "");
                Connection late = DriverManager.getConnection(url, "sa", "")) {
            ChangeTable.aChangeWithAnEarlierNumberIsHeardAfterALaterOne(store(), early, late);
        }
    }
}
