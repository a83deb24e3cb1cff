package dev.scopegate.store.jdbc;

import dev.scopegate.store.ChangeText;
import dev.scopegate.store.TokenChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * PostgreSQL's LISTEN and NOTIFY: a change travels when its transaction commits, or not at all. Whether this node still hears
 * is not asked of its connection but tried: what it notifies on another one has to arrive. A pooler may give each
 * transaction another session, and then all is answered and nothing heard.
 */
final class NotifyFeed extends Feed {
    private static final String CHANNEL = "scopegate_change";
    private static final long BEAT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int GLANCE_MILLIS = 250;

    private final DataSource source;
    private final int patienceMillis;

    NotifyFeed(DataSource source, Duration patience) {
        this.source = source;
        this.patienceMillis = (int) patience.toMillis();
    }

    @Override
    int connections() {
        return 2;
    }

    @Override
    void publish(Connection connection, String node, TokenChange change) throws SQLException {
        notify(connection, CHANNEL, node + " " + ChangeText.of(change));
    }

    private static void notify(Connection connection, String channel, String text) throws SQLException {
        try (PreparedStatement notify = connection.prepareStatement("select pg_notify(?, ?)")) {
            notify.setString(1, channel);
            notify.setString(2, text);
            notify.execute();
        }
    }

    @Override
    Listening listen() throws SQLException {
        Loan ear = Loan.of(source, patienceMillis);
        try {
            Loan mouth = Loan.of(source, patienceMillis);
            try {
                Session session = new Session(ear, mouth);
                session.begin();
                return session;
            } catch (SQLException | RuntimeException | Error e) {
                mouth.discard();
                throw e;
            }
        } catch (SQLException | RuntimeException | Error e) {
            ear.discard();
            throw e;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A connection that hears, and one to try it with. */
    private final class Session implements Listening {
        private final Loan ear;
        private final Loan mouth;
        private final PGConnection postgres;
        private final String beats =
                "scopegate_beat_" + UUID.randomUUID().toString().replace("-", "");
        private long sentAt;
        private boolean isUnderWay;
        private boolean isSound;

        Session(Loan ear, Loan mouth) throws SQLException {
            this.ear = ear;
            this.mouth = mouth;
            this.postgres = ear.connection().unwrap(PGConnection.class);
        }

        /** Returns when a first beat is heard: what is committed later will be. */
        void begin() throws SQLException {
            execute(ear.connection(), "listen " + CHANNEL);
            execute(ear.connection(), "listen " + beats);
            send();
            while (isUnderWay && !isClosed()) hearOnce();
            isSound = true;
        }

        @Override
        public void hear() throws SQLException {
            isSound = false; // unless this returns
            while (!isClosed()) {
                if (!isUnderWay && System.nanoTime() - sentAt >= BEAT_NANOS) send();
                hearOnce();
            }
            execute(ear.connection(), "unlisten *"); // a container's pool keeps the connection
            isSound = true;
        }

        private void send() throws SQLException {
            sentAt = System.nanoTime();
            isUnderWay = true;
            NotifyFeed.notify(mouth.connection(), beats, "");
        }

        private void hearOnce() throws SQLException {
            PGNotification[] heard = postgres.getNotifications(GLANCE_MILLIS);
            if (heard != null) for (PGNotification one : heard) take(one);
            if (isUnderWay && System.nanoTime() - sentAt > patienceMillis * 1_000_000L) {
                throw new SQLException(
                        "what this node notifies itself of does not arrive; a pooler has to be in session mode");
            }
        }

        private void take(PGNotification one) {
            if (one.getName().equals(beats)) {
                isUnderWay = false;
                hears();
                return;
            }
            String text = one.getParameter();
            int space = text.indexOf(' ');
            heard(
                    text.substring(0, Math.max(0, space)),
                    ChangeText.parse(text.substring(space + 1)).toChange());
        }

        @Override
        public void close() throws SQLException {
            if (isSound) {
                try (ear;
                        mouth) {
                    return;
                }
            }
            ear.discard();
            mouth.discard();
        }
    }
}
