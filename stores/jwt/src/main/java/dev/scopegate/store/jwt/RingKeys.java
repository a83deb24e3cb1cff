package dev.scopegate.store.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.scopegate.problem.Unavailable;
import java.util.ArrayList;
import java.util.List;

/** Our own keys as a set; made anew when they are others. */
final class RingKeys implements Keys {
    private final OwnKeys keys;
    private volatile Made made = new Made(List.of(), new KeySet(List.of()));

    /** What was made of which list. */
    private record Made(List<JWK> from, KeySet set) {}

    RingKeys(OwnKeys keys) {
        this.keys = keys;
    }

    @Override
    public KeySet current() throws Unavailable {
        return of(keys.current());
    }

    @Override
    public KeySet newerThan(KeySet seen) throws Unavailable {
        return of(keys.reread());
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
