package dev.scopegate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What a page of one account's list costs when the account has many tokens, and its keys were given day tokens since, which
 * are the account's too. {@code -Dscopegate-test.rows=1000000} measures it, for a person to read.
 */
class ListScaleTest {
    private static final int FEW = 10_000;
    private static final int MANY = Integer.getInteger("scopegate-test.rows", 0);
    private static final int PAGE = 50;
    private static final int PAGES = 300;
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private static final String FILL = "insert into scopegate_token (" + TokenRow.COLUMNS
            + ") select '%1$s' || lpad(i::text, 13, '0'), '%2$s', '%2$s-' || i, 'ada', 'ada', '[\"public\"]', '[]', '[]', %3$s + i,"
            + " null, null, null, null, null, %4$s, 'sgp_0000',"
            + " '[{\"algorithm\":\"SHA_256\",\"hash\":\"" + "0".repeat(64) + "\",\"expires_at\":null}]',"
            + " '%2$s-' || i, '%2$s-' || i"
            + " from generate_series(%5$d, %6$d) as s(i)";

    private static final TokenQuery LIST = TokenQuery.of("ada").kind(TokenKind.PERSONAL);

    /** What is asked: lists, and a search for one name in a hundred that has several pages' worth. */
    private static final Map<String, TokenQuery> ASKED = new TreeMap<>(Map.of(
            "the account's list", LIST,
            "those that are active", LIST.status(TokenStatus.ACTIVE),
            "names by their beginning", LIST.namePrefix("Personal-77"),
            "everybody's list", TokenQuery.all().kind(TokenKind.PERSONAL)));

    @Test
    void aPageIsAWalkAlongOneIndexHoweverManyTokensThereAre() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            try (JdbcTokenStore store = Databases.open(url, "postgres", "")) {
                fill(url, 1, FEW);
                String plan = plan(url);
                assertThat(plan).contains("scopegate_token_owner_kind").doesNotContain("Sort", "Filter");
                if (MANY == 0) return;
                Map<String, Double> few = medians(store);
                fill(url, FEW + 1, MANY);
                Map<String, Double> many = medians(store);
                few.forEach((asked, median) -> tell(asked, median, many.get(asked)));
            }
        }
    }

    /** As many day tokens as own ones, all of them newer. */
    private static void fill(String url, int from, int to) throws Exception {
        Databases.execute(url, "postgres", FILL.formatted("P", "personal", "1700000000000000", "null", from, to));
        Databases.execute(url, "postgres", FILL.formatted("A", "access", "1800000000000000", "'key'", from, to));
        Databases.execute(url, "postgres", "vacuum analyze scopegate_token");
    }

    private static String plan(String url) throws Exception {
        String sql = "explain select * from scopegate_token where owner = 'ada' and kind = 'personal'"
                + " order by created_at desc, id desc limit 51";
        StringBuilder plan = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) plan.append(rows.getString(1)).append('\n');
        }
        return plan.toString();
    }

    private static Map<String, Double> medians(JdbcTokenStore store) throws Exception {
        Map<String, Double> medians = new TreeMap<>();
        for (Map.Entry<String, TokenQuery> asked : ASKED.entrySet()) {
            pages(store, asked.getValue()); // warms the code up
            long[] nanos = pages(store, asked.getValue());
            Arrays.sort(nanos);
            medians.put(asked.getKey(), nanos[nanos.length / 2] / 1e3);
        }
        return medians;
    }

    /** Page after page, from the beginning again when there are no more. */
    private static long[] pages(JdbcTokenStore store, TokenQuery query) throws Exception {
        long[] nanos = new long[PAGES];
        TokenPage page = new TokenPage(List.of(), null);
        for (int i = 0; i < PAGES; i++) {
            long begin = System.nanoTime();
            page = store.page(query, page.next(), PAGE, NOW);
            nanos[i] = System.nanoTime() - begin;
            assertThat(page.tokens()).isNotEmpty().allMatch(token -> token.kind() == TokenKind.PERSONAL);
        }
        return nanos;
    }

    @SuppressWarnings("SystemOut") // a figure for a person
    private static void tell(String asked, double few, double many) {
        System.out.printf(
                Locale.ROOT,
                "%s: a page takes %.0f µs among %,d tokens of one account and %.0f µs among %,d: %.2f times as long%n",
                asked,
                few,
                FEW,
                many,
                MANY,
                many / few);
    }
}
