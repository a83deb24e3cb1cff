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
        Reading mine = new Reading(clock.millis(), new CompletableFuture<>());
        Reading others = recent(mine);
        return others == null ? read(mine) : await(others);
    }

    /** The reading that began within the last second; where there is none it is {@code mine} from now on. */
    private synchronized @Nullable Reading recent(Reading mine) {
        Reading known = last;
        long age = known == null ? PAUSE_MILLIS : mine.at - known.at;
        if (age >= 0 && age < PAUSE_MILLIS) return known;
        last = mine;
        return null;
    }

    private KeySet read(Reading mine) throws Unavailable {
        try {
            KeySet read = of(keys.reread());
            mine.read.complete(read);
            return read;
        } catch (Throwable e) {
            mine.read.completeExceptionally(e);
            throw e;
        }
    }

    private static KeySet await(Reading others) throws Unavailable {
        try {
            return others.read.get(); // ends by itself: a ring bounds its time
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for the signing keys", e);
        } catch (ExecutionException e) {
            throw new Unavailable("the signing keys could not be read a moment ago", e, 1);
        }
    }

    private KeySet of(List<JWK> now) {
        Made known = made;
        if (known.from == now) return known.set;
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
