package dev.scopegate.store.redis;

import dev.scopegate.store.ChangeText;
import dev.scopegate.store.Listeners;
import dev.scopegate.store.StoreHealth;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenChanges;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells this process of changes: its own before the call returns, those of other nodes on one daemon thread. */
final class Feed implements TokenChanges, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final int WAITING = 10_000;

    private final Listeners listeners = new Listeners();
    private final ThreadPoolExecutor teller;
    private volatile String node = newName();
    /** When changes were last certain to be heard, by System.nanoTime. */
    private volatile long heardAt = System.nanoTime();

    private volatile boolean isDeaf;

    Feed() {
        teller = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), Feed::thread, (change, all) -> {
                    // listeners too slow for every change are told of all at once
                    if (all.isShutdown()) return;
                    all.getQueue().clear();
                    all.execute(() -> tell(new TokenChange.OfEverything()));
                });
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "scopegate-redis-changes");
        thread.setDaemon(true);
        return thread;
    }

    private static String newName() {
        return UUID.randomUUID().toString();
    }

    /** A change as this node publishes it. */
    String message(TokenChange change) {
        return node + " " + ChangeText.of(change);
    }

    /** Takes a message, and tells of it unless it is what this node did and has told itself. */
    void heard(String message) {
        int space = message.indexOf(' ');
        if (message.substring(0, Math.max(0, space)).equals(node)) return;
        TokenChange change = ChangeText.parse(message.substring(space + 1)).toChange();
        teller.execute(() -> tellOrAll(change));
    }

    /** For the teller: whoever could not take a change may be stale in any way. */
    private void tellOrAll(TokenChange change) {
        try {
            tell(change);
        } catch (Error e) {
            LOG.error("a listener failed to take a change, and is told that anything may have changed", e);
            tell(new TokenChange.OfEverything());
        }
    }

    void tell(TokenChange change) {
        listeners.tell(change);
    }

    /**
     * Tells of a change of which this node does not know whether it happened or still will. The node goes on under another
     * name, so that it hears of its own change as of another's.
     */
    void tellInDoubt(TokenChange change) {
        node = newName();
        tell(change);
    }

    /** Other nodes' changes are certain to be heard; what happened since they were not may have been missed. */
    void hears() {
        heardAt = System.nanoTime();
        if (!isDeaf) return;
        LOG.info("changes made on other nodes are heard of again");
        teller.execute(() -> tell(new TokenChange.OfEverything()));
        isDeaf = false;
    }

    void isDeaf(String why) {
        if (isDeaf) return;
        isDeaf = true;
        LOG.warn("changes made on other nodes are not heard of for now: {}", why);
    }

    StoreHealth health() {
        return isDeaf ? StoreHealth.deaf(sinceHeard()) : StoreHealth.UP;
    }

    /** The health of a store whose look-ups fail, as the words say. */
    StoreHealth healthWithout(String answers) {
        return StoreHealth.down(answers, sinceHeard());
    }

    private Duration sinceHeard() {
        return Duration.ofNanos(System.nanoTime() - heardAt);
    }

    @Override
    public void subscribe(Consumer<? super TokenChange> listener) {
        listeners.subscribe(listener);
    }

    @Override
    public void close() {
        teller.shutdownNow();
    }
}
