package dev.scopegate.issuer;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.KeyRing;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that this service signs JWTs with, shared by its nodes through a {@link KeyRing}. The newest signs; the others verify
 * until the longest-lived token that they signed has expired. Safe for any number of threads.
 */
public final class SigningKeys {
    /** How long a node goes by what it has read; a key that it does not know makes it read at once. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    /** How much more than a token needs is written down, so that not every token is a write. */
    private static final Duration SLACK = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    private final KeyRing ring;
    private final SigningAlgorithm algorithm;
    private final Duration life;
    private final Clock clock;
    private final SecureRandom random;
    private final Deque<Rotation> untold = new ArrayDeque<>();
    private @Nullable IssuerEvents events;
    private volatile Seen seen = new Seen(-1, List.of(), List.of(), Instant.EPOCH);

    /**
     * What was read.
     *
     * @param jwks those of the keys that verify
     */
    private record Seen(long version, List<RingKey> keys, List<JWK> jwks, Instant at) {}

    /** A key took the place of others; why in one word where these are forgotten. */
    private record Rotation(String kid, @Nullable String why) {}

    private SigningKeys(KeyRing ring, SigningAlgorithm algorithm, Duration life, Clock clock, SecureRandom random) {
        this.ring = ring;
        this.algorithm = algorithm;
        this.life = life;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Opens the ring, and makes a key when there is none, or the newest is too old or for another algorithm.
     *
     * @param life how long a key signs before another takes its place
     * @throws Unavailable also when what the ring holds is ill-formed
     */
    public static SigningKeys open(KeyRing ring, SigningAlgorithm algorithm, Duration life, Clock clock)
            throws Unavailable {
        SigningKeys keys = new SigningKeys(ring, algorithm, life, clock, new SecureRandom());
        keys.change(
                present -> present.isEmpty() || !algorithm.fits(present.get(0).jwk()) || keys.isTooOld(present.get(0))
                        ? keys.preceded(present)
                        : present);
        return keys;
    }

    private boolean isTooOld(RingKey key) {
        return !key.createdAt().plus(life).isAfter(clock.instant());
    }

    private List<RingKey> preceded(List<RingKey> others) {
        Instant now = clock.instant();
        RingKey made = new RingKey(algorithm.generate(random), now, now.plus(SLACK));
        List<RingKey> all = new ArrayList<>(List.of(made));
        all.addAll(others);
        return all;
    }

    /** Makes a key that signs from now on; tokens that the others signed go on working. */
    public void rotate() throws Unavailable {
        change(this::preceded);
    }

    /** Makes a key and forgets all others, as when one has leaked: every JWT is dead, here now, on other nodes in a minute. */
    public void replaceAll() throws Unavailable {
        change(present -> preceded(List.of()));
    }

    /** Changes the ring as it is, whoever else does at the same time. */
    private void change(UnaryOperator<List<RingKey>> how) throws Unavailable {
        while (true) {
            KeyRing.Kept kept = ring.read();
            List<RingKey> present = keys(kept);
            List<RingKey> changed = how.apply(present);
            if (changed == present) {
                remember(kept.version(), present);
                return;
            }
            if (ring.replace(kept, RingKey.write(verifying(changed)))) {
                tell(present, changed);
                var unused = reread();
                return;
            }
        }
    }

    private void tell(List<RingKey> before, List<RingKey> after) {
        String kid = after.get(0).kid();
        if (!before.isEmpty() && before.get(0).kid().equals(kid)) return;
        LOG.info("the key {} signs from now on", kid);
        if (!before.isEmpty()) tell(new Rotation(kid, after.size() == 1 ? "replaced" : null));
    }

    private synchronized void tell(Rotation rotation) {
        if (events == null) untold.add(rotation);
        else events.keyRotated(rotation.kid, rotation.why);
    }

    /** Whom to tell of keys that take the place of others; of those that did so at the opening, too. */
    synchronized void tellTo(IssuerEvents listening) {
        events = listening;
        for (Rotation rotation : untold) listening.keyRotated(rotation.kid, rotation.why);
        untold.clear();
    }

    private static List<RingKey> keys(KeyRing.Kept kept) throws Unavailable {
        try {
            return RingKey.read(kept.text());
        } catch (IllegalArgumentException e) {
            throw new Unavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private List<RingKey> verifying(List<RingKey> keys) {
        Instant over = clock.instant().minus(Denylist.LONGEST_SKEW);
        List<RingKey> verifying = new ArrayList<>();
        for (RingKey key : keys) {
            if (verifying.isEmpty() || key.until().isAfter(over)) verifying.add(key);
        }
        return verifying;
    }

    private synchronized void remember(long version, List<RingKey> keys) {
        if (version < seen.version) return; // somebody who read later was quicker
        List<RingKey> alive = verifying(keys);
        List<JWK> jwks = alive.stream().map(RingKey::jwk).toList();
        Seen before = seen;
        // the same list as long as the keys are the same, for those who make something of it
        seen = new Seen(version, alive, jwks.equals(before.jwks) ? before.jwks : jwks, clock.instant());
    }

    /** The keys that verify tokens, private parts included: for this process alone. */
    public List<JWK> current() throws Unavailable {
        Seen known = seen;
        Duration age = Duration.between(known.at, clock.instant());
        if (!age.isNegative() && age.compareTo(FRESH) < 0) return known.jwks;
        return reread();
    }

    /** The same, read now. */
    public List<JWK> reread() throws Unavailable {
        KeyRing.Kept kept = ring.read();
        remember(kept.version(), keys(kept));
        return seen.jwks;
    }

    /** The key to sign a token with that expires then; it is kept at least as long. */
    JWK signing(Instant expires) throws Unavailable {
        while (true) {
            var unused = current();
            List<RingKey> known = seen.keys;
            if (known.isEmpty()) throw new Unavailable("the key ring has lost its keys", null);
            RingKey newest = known.get(0);
            if (isTooOld(newest)) {
                change(present -> present.isEmpty() || isTooOld(present.get(0)) ? preceded(present) : present);
            } else if (newest.until().isBefore(expires)) {
                change(present -> lasting(present, newest.kid(), expires));
            } else {
                return newest.jwk();
            }
        }
    }

    private static List<RingKey> lasting(List<RingKey> present, String kid, Instant expires) {
        if (present.isEmpty()) return present;
        RingKey newest = present.get(0);
        if (!newest.kid().equals(kid) || !newest.until().isBefore(expires)) return present;
        List<RingKey> changed = new ArrayList<>(present);
        changed.set(0, newest.until(expires.plus(SLACK)));
        return changed;
    }

    /** The public keys as a JWKS (RFC 7517 §5); a key of HMAC is not among them. */
    public String jwks() throws Unavailable {
        return current().stream()
                .filter(key -> !(key instanceof OctetSequenceKey))
                .map(key -> key.toPublicJWK().toJSONString())
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }
}
