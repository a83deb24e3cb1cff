package dev.scopegate.store;

/** Keys that one process knows and that end with it: what they signed is worth nothing after a restart. */
public final class InMemoryKeyRing implements KeyRing {
    private Kept kept = Kept.NOTHING;

    @Override
    public synchronized Kept read() {
        return kept;
    }

    @Override
    public synchronized boolean replace(Kept expected, String text) {
        if (expected.version() != kept.version()) return false;
        kept = new Kept(kept.version() + 1, text);
        return true;
    }
}
