package dev.scopegate.store;

import java.util.function.Consumer;

/**
 * The changes of stored tokens that this process hears of. A change is told after the store would answer with it, and
 * before the call that made it returns, where that call was made in this process.
 */
@FunctionalInterface
public interface TokenChanges {
    /** Tells every later change to the listener, on the thread that learns of it; the listener is quick. */
    void subscribe(Consumer<? super TokenChange> listener);
}
