package dev.scopegate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An exchange costs the same however many there were in the thirty days before. */
class GrantScaleTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final int EXCHANGED = 5_000;

    /** Grants that were exchanged long ago, whose answers are forgotten. */
    private static final String FILL =
            "insert into scopegate_grant (refresh_id, access_id, family, expires_at, redeemed_at)"
                    + " select cast(%s as varchar), 'a', 'f', 9000000000000000, 1700000000000000 from %s";

    /** What the database did to forget the answers from before now. */
    private static String plan(String url, String user, String explain) throws Exception {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(url, user, "");
                PreparedStatement statement = connection.prepareStatement(explain + JdbcGrants.FORGET)) {
            TokenRow.set(statement, 1, NOW);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private static void exchangeOne(JdbcTokenStore store) throws Exception {
        GrantRepository grants = store.grants();
        grants.add(Grant.of("r1", "a1", "family", NOW.plusSeconds(60)), NOW.minusSeconds(20));
        assertThat(grants.redeem("r1", NOW.minusSeconds(11), "sealed", NOW.minusSeconds(21)))
                .isTrue();
    }

    @Test
    void h2ReadsTheAnswersThatAreThereAlone() throws Exception {
        String url = "jdbc:h2:mem:" + Databases.newName() + ";DB_CLOSE_DELAY=-1";
        try (JdbcTokenStore store = Databases.open(url, "sa", "")) {
            Databases.execute(url, "sa", FILL.formatted("x", "system_range(1, " + EXCHANGED + ")"));
            exchangeOne(store);

            Matcher scanned = Pattern.compile("scanCount: (\\d+)").matcher(plan(url, "sa", "explain analyze "));
            assertThat(scanned.find()).isTrue();
            assertThat(Integer.parseInt(scanned.group(1))).isLessThan(5);
        }
    }

    @Test
    void postgresqlReadsTheAnswersThatAreThereAlone() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            try (JdbcTokenStore store = Databases.open(url, "postgres", "")) {
                Databases.execute(
                        url, "postgres", FILL.formatted("i", "generate_series(1, " + EXCHANGED + ") as s(i)"));
                exchangeOne(store);
                Databases.execute(url, "postgres", "analyze scopegate_grant");

                assertThat(plan(url, "postgres", "explain analyze "))
                        .contains("Index Scan using scopegate_grant_sealed")
                        .contains("rows=1");
            }
        }
    }
}
