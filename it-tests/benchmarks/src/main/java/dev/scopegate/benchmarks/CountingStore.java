package dev.scopegate.benchmarks;

import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChanges;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.BearerToken;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A store in memory that counts how often it is asked. */
final class CountingStore implements TokenStore {
    private final InMemoryTokenStore tokens;
    private final LongAdder lookUps = new LongAdder();

    CountingStore(InMemoryTokenStore tokens) {
        this.tokens = tokens;
    }

    long lookUps() {
        return lookUps.sum();
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) {
        lookUps.increment();
        return tokens.find(presented);
    }

    @Override
    public TokenChanges changes() {
        return tokens.changes();
    }
}
