package dev.scopegate.store.jdbc;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Listeners;
import dev.scopegate.store.StoreHealth;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenChanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes what this one changes, and this one what they change. One daemon thread, which is never interrupted: H2
 * closes its file under a thread that is.
 */
abstract class Feed implements TokenChanges, AutoCloseable {
    /** Hears of what is committed from when it was made. */
    interface Listening extends AutoCloseable {
        /** Hears of changes until something fails or the feed is closed. */
        void hear() throws SQLException, Unavailable, InterruptedException;

        @Override
        void close() throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration RETRY = Duration.ofMillis(250);

    private final Listeners listeners = new Listeners();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile String node = newName();
    /** When changes were last certain to be heard, by System.nanoTime. */
    private volatile long heardAt = System.nanoTime();

    private volatile boolean isDeaf;
    private Runnable whenHeard = () -> {};

    /** Begins to listen; what is committed after the return is heard. */
    abstract Listening listen() throws SQLException, Unavailable;

    /** Makes the change known to other nodes when the transaction commits. */
    abstract void publish(Connection connection, String node, TokenChange change) throws SQLException;

    /** How many connections it keeps from others. */
    abstract int connections();

    /** The name that this node publishes under now. */
    final String name() {
        return node;
    }

    /**
     * Returns when nothing can be missed any more.
     *
     * @param whenHeard told each time that the database has shown that it answers
     */
    final void start(Runnable whenHeard) throws SQLException, Unavailable {
        this.whenHeard = whenHeard;
        Listening first = listen();
        Thread thread = new Thread(() -> run(first), "scopegate-jdbc-changes");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Listening first) {
        try {
            for (Listening listening = first; listening != null; listening = listenAgain()) {
                try (Listening now = listening) {
                    if (now != first) {
                        LOG.info("changes made on other nodes are heard of again");
                        isDeaf = false;
                        tell(new TokenChange.OfEverything()); // whatever happened meanwhile was missed
                    }
                    now.hear();
                } catch (SQLException | Unavailable | RuntimeException | Error e) {
                    isDeaf = true;
                    if (!isClosed()) LOG.warn("changes made on other nodes are not heard of for now: {}", e.toString());
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("changes made on other nodes are heard of no more: the thread was interrupted");
        } finally {
            if (!isClosed()) isDeaf = true;
        }
    }

    /** Null once the feed is closed. */
    private @Nullable Listening listenAgain() throws InterruptedException {
        while (!isClosed()) {
            try {
                pause(RETRY);
                if (!isClosed()) return listen();
            } catch (SQLException | Unavailable | RuntimeException | Error e) {
                LOG.debug("changes are not heard yet", e);
            }
        }
        return null;
    }

    final boolean isClosed() {
        return end.getCount() == 0;
    }

    /** Waits that long, or until {@link #isClosed}. */
    final void pause(Duration time) throws InterruptedException {
        boolean unused = end.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Tells what was heard, unless it is what this node did and has told itself. */
    final void heard(String from, TokenChange change) {
        if (!from.equals(node)) tell(change);
    }

    final void tell(TokenChange change) {
        listeners.tell(change);
    }

    /**
     * Tells of a change of which this node does not know whether it happened or still will. The node goes on under another
     * name, so that it hears of its own change as of another's.
     */
    final void tellInDoubt(TokenChange change) {
        node = newName();
        tell(change);
    }

    private static String newName() {
        return UUID.randomUUID().toString();
    }

    @Override
    public final void subscribe(Consumer<? super TokenChange> listener) {
        listeners.subscribe(listener);
    }

    /** The database has answered, and whatever was committed before is heard. */
    final void hears() {
        heardAt = System.nanoTime();
        whenHeard.run();
    }

    final StoreHealth health() {
        return isDeaf ? StoreHealth.deaf(sinceHeard()) : StoreHealth.UP;
    }

    /** The health of a store whose look-ups fail, as the words say. */
    final StoreHealth healthWithout(String answers) {
        return StoreHealth.down(answers, sinceHeard());
    }

    private Duration sinceHeard() {
        return Duration.ofNanos(System.nanoTime() - heardAt);
    }

    /** The thread ends as soon as it notices. */
    @Override
    public final void close() {
        end.countDown();
    }
}
