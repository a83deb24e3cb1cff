package dev.scopegate.store;

import org.jspecify.annotations.Nullable;

/** A store whose tokens live as long as the process: for tests, and for tokens that an application brings itself. */
public final class InMemoryTokenStore extends TableTokenStore {
    private final Object writing = new Object();

    @Override
    boolean write(Change change, @Nullable TokenChange told) {
        synchronized (writing) {
            TokenTable changed = change.apply(table());
            if (changed == null) return false;
            show(changed);
        }
        if (told != null) tell(told);
        return true;
    }
}
