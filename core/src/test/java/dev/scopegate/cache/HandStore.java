package dev.scopegate.cache;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenChanges;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.BearerToken;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store that counts its look-ups, fails when told to, and can be held between reading a token and answering with it:
 * the very moment at which a change overtakes a look-up. Takes everything but tokens that begin with {@code other.}.
 */
final class HandStore implements TokenStore {
    private static final int PATIENCE_SECONDS = 60;

    /** A look-up that has read its answer and waits to be let go. */
    static final class Hold {
        private final CountDownLatch read = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);

        void awaitRead() throws InterruptedException {
            if (!read.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                throw new IllegalStateException("nobody asked the store");
        }

        void letGo() {
            letGo.countDown();
        }

        private void stop() {
            read.countDown();
            try {
                if (!letGo.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) throw new IllegalStateException("never let go");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final Map<String, StoredToken> rows = new ConcurrentHashMap<>();
    private final AtomicInteger lookUps = new AtomicInteger();
    private final AtomicInteger claims = new AtomicInteger();
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicReference<@Nullable Hold> next = new AtomicReference<>();
    private final List<Consumer<? super TokenChange>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Exception failure;
    private volatile boolean closed;

    void put(StoredToken row) {
        rows.put(row.token().id(), row);
    }

    void remove(StoredToken row) {
        rows.remove(row.token().id());
    }

    /** From now on every look-up throws this; null: none does. */
    void failWith(@Nullable Exception exception) {
        failure = exception;
    }

    void fail() {
        failWith(new Unavailable("the store is down", null));
    }

    /** Holds the next look-up. */
    Hold hold() {
        Hold hold = new Hold();
        next.set(hold);
        return hold;
    }

    /** What a feed does when it hears of a change. */
    void tell(TokenChange change) {
        for (Consumer<? super TokenChange> listener : listeners) listener.accept(change);
    }

    int lookUps() {
        return lookUps.get();
    }

    /** How often it was asked whether a token is its. */
    int claims() {
        return claims.get();
    }

    int liveLookUps() {
        return live.get();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public boolean claims(BearerToken presented) {
        claims.incrementAndGet();
        return presented.isOpaque() || !presented.reveal().startsWith("other.");
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
        lookUps.incrementAndGet();
        String id = presented.isOpaque() ? presented.id() : "jti-" + presented.reveal();
        StoredToken read = rows.get(id);
        Hold hold = next.getAndSet(null);
        if (hold != null) hold.stop();
        Exception exception = failure;
        if (exception instanceof Unavailable unavailable) throw unavailable;
        if (exception instanceof RuntimeException broken) throw broken;
        return read;
    }

    @Override
    public @Nullable StoredToken findLive(BearerToken presented) throws Unavailable {
        live.incrementAndGet();
        return find(presented);
    }

    @Override
    public TokenChanges changes() {
        return listeners::add;
    }

    @Override
    public void close() {
        closed = true;
    }
}
