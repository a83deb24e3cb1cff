package dev.scopegate.store;

/** A store whose tokens live as long as the process: for tests, and for tokens that an application brings itself. */
public final class InMemoryTokenStore extends TableTokenStore {
    private final Object writing = new Object();

    @Override
    boolean write(Change change, String id) {
        synchronized (writing) {
            TokenTable changed = change.apply(table());
            if (changed == null) return false;
            show(changed);
        }
        tell(new TokenChange.OfToken(id));
        return true;
    }
}
