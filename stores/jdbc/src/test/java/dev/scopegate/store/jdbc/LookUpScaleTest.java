package dev.scopegate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.scopegate.problem.Unavailable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a look-up costs among many tokens. {@code -Dscopegate-test.rows=5000000} measures it, for a person to read: each id
 * is asked for once, past every cache of ours.
 */
class LookUpScaleTest {
    private static final int FEW = 50_000;
    private static final int MANY = Integer.getInteger("scopegate-test.rows", 0);
    private static final int LOOK_UPS = 4_000;

    private static final String COLUMNS = "insert into scopegate_token (" + TokenRow.COLUMNS
            + ") select %s, 'personal',"
            + " %s, 'ada', 'ada', '[\"public\"]', '[]', '[]', 1700000000000000 + %s, null, null, null, null, null, null,"
            + " 'sgp_0000', '[{\"algorithm\":\"SHA_256\",\"hash\":\"" + "0".repeat(64) + "\",\"expires_at\":null}]',"
            + " null, 'ci' from ";

    @TempDir
    private static Path folder;

    @Test
    void postgresqlFindsATokenByItsPrimaryKeyAlone() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            try (JdbcTokenStore store = Databases.open(url, "postgres", "")) {
                fillPostgres(url, 1, FEW);
                Databases.execute(url, "postgres", "analyze scopegate_token");
                assertThat(plan(url)).contains("Index Scan using scopegate_token_pkey");
                if (MANY == 0) return;
                double few = median(store, FEW);
                fillPostgres(url, FEW + 1, MANY);
                Databases.execute(url, "postgres", "analyze scopegate_token");
                tell("PostgreSQL", few, median(store, MANY));
            }
        }
    }

    @Test
    void h2Measured() throws Exception {
        assumeTrue(MANY > 0, "-Dscopegate-test.rows=5000000 measures look-ups among many tokens");
        String url = "jdbc:h2:file:" + folder.resolve("tokens");
        try (JdbcTokenStore store = Databases.open(url, "sa", "")) {
            fillH2(url, 1, FEW);
            double few = median(store, FEW);
            fillH2(url, FEW + 1, MANY);
            tell("H2", few, median(store, MANY));
        }
    }

    private static void fillPostgres(String url, int from, int to) throws SQLException {
        String values = COLUMNS.formatted("lpad(i::text, 14, '0')", "'ci-' || i", "i");
        Databases.execute(url, "postgres", values + "generate_series(" + from + ", " + to + ") as s(i)");
    }

    private static void fillH2(String url, int from, int to) throws SQLException {
        String values = COLUMNS.formatted("lpad(x, 14, '0')", "'ci-' || x", "x");
        Databases.execute(url, "sa", values + "system_range(" + from + ", " + to + ")");
    }

    private static String plan(String url) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("explain select * from scopegate_token where id = '00000000000042'")) {
            while (rows.next()) plan.append(rows.getString(1)).append('\n');
        }
        return plan.toString();
    }

    private static double median(JdbcTokenStore store, int rows) throws Unavailable {
        look(store, rows, new Random(7), LOOK_UPS); // warms the code up, with other ids
        long[] nanos = look(store, rows, new Random(11), LOOK_UPS);
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e3;
    }

    private static long[] look(JdbcTokenStore store, int rows, Random random, int times) throws Unavailable {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            String id = String.format(Locale.ROOT, "%014d", 1 + random.nextInt(rows));
            long begin = System.nanoTime();
            assertThat(store.get(id)).isNotNull();
            nanos[i] = System.nanoTime() - begin;
        }
        return nanos;
    }

    @SuppressWarnings("SystemOut") // a figure for a person
    private static void tell(String what, double few, double many) {
        System.out.printf(
                Locale.ROOT,
                "%s: a look-up takes %.0f µs among %,d tokens and %.0f µs among %,d: %.2f times as long%n",
                what,
                few,
                FEW,
                many,
                MANY,
                many / few);
    }
}
