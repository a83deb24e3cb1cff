package dev.scopegate.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who hear of a store's changes. Safe for any number of threads. */
public final class Listeners implements TokenChanges {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<Consumer<? super TokenChange>> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void subscribe(Consumer<? super TokenChange> listener) {
        listeners.add(listener);
    }

    /** Tells every listener: one that fails must not keep the next, which may be a cache, from hearing of a revocation. */
    public void tell(TokenChange change) {
        Error broken = null;
        for (Consumer<? super TokenChange> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                LOG.error("a listener failed to take the change {}", change, e);
            } catch (Error e) {
                broken = e; // for the feed to know that this change may not be known everywhere
            }
        }
        if (broken != null) throw broken;
    }
}
