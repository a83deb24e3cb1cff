package dev.scopegate.store.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.scopegate.problem.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Our own keys as a set; made anew when they are others. For tokens that name an unknown key they are read again at most once
 * a second, or anybody could make each request a question to the store behind the ring.
 */
final class RingKeys implements Keys {
    private static final long PAUSE_MILLIS = Duration.ofSeconds(1).toMillis();

    private final OwnKeys keys;
    private final Clock clock;
    private @Nullable Reading last;
    private volatile Made made = new Made(List.of(), new KeySet(List.of()));

    /** What was made of which list. */
    private record Made(List<JWK> from, KeySet set) {}

    /** What was read for an unknown key, by the one who came first; begun at {@code at}, in milliseconds since 1970. */
    private record Reading(long at, CompletableFuture<KeySet> read) {}

    RingKeys(OwnKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public KeySet current() throws Unavailable {
        return of(keys.current());
    }

    @Override
    public KeySet newerThan(KeySet seen) throws Unavailable {
        KeySet known = made.set;
        if (known != seen) return known;
        CompletableFuture<KeySet> mine = new CompletableFuture<>();
        CompletableFuture<KeySet> first = firstOfThisSecond(mine);
        return first == mine ? read(mine) : await(first);
    }

    /** The reading that began within the last second; where there is none it is {@code mine} from now on. */
    private synchronized CompletableFuture<KeySet> firstOfThisSecond(CompletableFuture<KeySet> mine) {
        long now = clock.millis(); // here, or one who was overtaken would take it for a clock that was set back
        Reading known = last;
        long age = known == null ? PAUSE_MILLIS : now - known.at;
        if (known != null && age >= 0 && age < PAUSE_MILLIS) return known.read;
        last = new Reading(now, mine);
        return mine;
    }

    private KeySet read(CompletableFuture<KeySet> mine) throws Unavailable {
        try {
            KeySet read = of(keys.reread());
            mine.complete(read);
            return read;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private static KeySet await(CompletableFuture<KeySet> others) throws Unavailable {
        try {
            return others.get(); // ends by itself: a ring bounds its time
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for the signing keys", e);
        } catch (ExecutionException e) {
            throw new Unavailable("the signing keys could not be read a moment ago", e, 1);
        }
    }

    private KeySet of(List<JWK> now) {
        Made known = made;
        return known.from == now ? known.set : make(now);
    }

    /** One set of a list, whoever comes at once: another with the same keys would be taken for a newer one. */
    private synchronized KeySet make(List<JWK> now) {
        if (made.from == now) return made.set;
        List<VerificationKey> all = new ArrayList<>();
        for (JWK key : now) all.add(key(key));
        Made fresh = new Made(now, new KeySet(all));
        made = fresh;
        return fresh.set;
    }

    private static VerificationKey key(JWK key) {
        try {
            VerificationKey read = key instanceof OctetSequenceKey secret
                    ? VerificationKey.ofSecret(secret.toSecretKey(), key.getKeyID())
                    : VerificationKey.ofPublic(key.toPublicJWK());
            if (read != null) return read;
        } catch (JOSEException e) {
            throw new IllegalStateException("a key of our own is ill-formed", e);
        }
        throw new IllegalStateException("a key of our own is for something else than signatures");
    }
}
