package dev.scopegate.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The locks of the only node. */
public final class InMemoryNodeLocks implements NodeLocks {
    private record Held(String holder, long endNanos) {
        boolean isOver() {
            return System.nanoTime() - endNanos >= 0;
        }
    }

    private final Map<String, Held> held = new HashMap<>();

    @Override
    public synchronized boolean take(String name, String holder, Duration time) {
        held.values().removeIf(Held::isOver);
        Held present = held.get(name);
        if (present != null && !present.holder().equals(holder)) return false;
        held.put(name, new Held(holder, System.nanoTime() + time.toNanos()));
        return true;
    }

    @Override
    public synchronized void giveBack(String name, String holder) {
        Held present = held.get(name);
        if (present != null && present.holder().equals(holder)) held.remove(name);
    }
}
