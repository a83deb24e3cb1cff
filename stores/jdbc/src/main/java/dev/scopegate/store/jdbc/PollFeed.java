package dev.scopegate.store.jdbc;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.ChangeText;
import dev.scopegate.store.TokenChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A table of changes that is read again and again. Numbers are given when a row is inserted and seen when it is committed,
 * so those of the last ten seconds, and a thousand at least, are read again each time.
 */
final class PollFeed extends Feed {
    private static final int OVERLAP = 1_000;
    /** Far longer than a transaction is left open. */
    private static final long OVERLAP_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Duration KEPT = Duration.ofHours(1);
    private static final int POLLS_PER_CLEANING = 600;

    /** What the last number was at a moment. */
    private record Mark(long nanos, long last) {}

    private record Heard(long seq, String node, ChangeText text) {}

    /** Of its own, so that look-ups which take all of theirs do not make it late. */
    private final Database database;

    private final Duration interval;
    private final Set<Long> seen = new HashSet<>();
    /** The oldest is the youngest of those that are older than the overlap. */
    private final Deque<Mark> marks = new ArrayDeque<>();

    private long last;

    PollFeed(DataSource source, Duration timeout, Duration interval) {
        this.database = new Database(source, 1, timeout.toNanos());
        this.interval = interval;
    }

    @Override
    int connections() {
        return 1;
    }

    @Override
    void publish(Connection connection, String node, TokenChange change) throws SQLException {
        ChangeText text = ChangeText.of(change);
        String sql = "insert into scopegate_change (node, kind, subject, at) values (?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, node);
            insert.setString(2, text.kind());
            insert.setString(3, text.subject());
            TokenRow.set(insert, 4, Instant.now());
            insert.executeUpdate();
        }
    }

    @Override
    Listening listen() throws Unavailable {
        seen.clear();
        marks.clear();
        last = database.run(PollFeed::newest);
        List<Heard> unused = read(); // what is there already was answered with from the start
        hears();
        return new Listening() {
            @Override
            public void hear() throws Unavailable, InterruptedException {
                poll();
            }

            @Override
            public void close() {
                if (isClosed()) database.close();
            }
        };
    }

    private void poll() throws Unavailable, InterruptedException {
        for (int polls = 1; !isClosed(); polls++) {
            pause(interval);
            if (isClosed()) return;
            for (Heard one : read()) heard(one.node(), one.text().toChange());
            hears();
            if (polls % POLLS_PER_CLEANING == 0) clean();
        }
    }

    private static long newest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select max(seq) from scopegate_change");
                ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** The changes not seen before. */
    private List<Heard> read() throws Unavailable {
        long from = overlap();
        List<Heard> news = new ArrayList<>();
        for (Heard one : database.run(connection -> read(connection, from))) {
            if (seen.add(one.seq())) news.add(one);
            last = Math.max(last, one.seq());
        }
        long next = overlap();
        seen.removeIf(seq -> seq <= next);
        return news;
    }

    /** After which number is read again. */
    private long overlap() {
        long now = System.nanoTime();
        if (marks.isEmpty() || marks.getLast().last() != last) marks.add(new Mark(now, last));
        Mark oldest = marks.remove();
        while (!marks.isEmpty() && now - marks.getFirst().nanos() >= OVERLAP_NANOS) oldest = marks.remove();
        marks.addFirst(oldest);
        return Math.min(last - OVERLAP, oldest.last());
    }

    private static List<Heard> read(Connection connection, long from) throws SQLException {
        String sql = "select seq, node, kind, subject from scopegate_change where seq > ? order by seq";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, from);
            List<Heard> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ChangeText text = new ChangeText(rows.getString(3), rows.getString(4));
                    found.add(new Heard(rows.getLong(1), rows.getString(2), text));
                }
            }
            return found;
        }
    }

    private void clean() throws Unavailable {
        database.run(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from scopegate_change where at < ?")) {
                TokenRow.set(delete, 1, Instant.now().minus(KEPT));
                return delete.executeUpdate();
            }
        });
    }
}
