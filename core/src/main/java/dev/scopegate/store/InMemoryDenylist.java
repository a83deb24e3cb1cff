package dev.scopegate.store;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A denylist that this process alone knows and that ends with it: for one node without a shared store, and for tests. */
public final class InMemoryDenylist implements Denylist {
    private final Map<String, Instant> denied = new ConcurrentHashMap<>();
    private final Listeners listeners = new Listeners();
    private final Clock clock;

    public InMemoryDenylist(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void deny(String jti, Instant until) {
        Instant over = clock.instant().minus(LONGEST_SKEW);
        denied.values().removeIf(end -> end.isBefore(over));
        denied.merge(jti, until, (one, other) -> one.isAfter(other) ? one : other);
        listeners.tell(new TokenChange.OfJti(jti));
    }

    @Override
    public boolean denies(String jti) {
        return denied.containsKey(jti);
    }

    @Override
    public TokenChanges changes() {
        return listeners;
    }
}
