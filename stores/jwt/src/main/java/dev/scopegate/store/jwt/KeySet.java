package dev.scopegate.store.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The keys that an issuer has at one time (RFC 7517 §5). Immutable and safe for any number of threads. */
final class KeySet {
    private static final int MAX_KEYS = 32;
    private static final int MIN_RSA_BITS = 2_048;
    private static final int MOST_TRIES = 4;

    private final List<VerificationKey> keys;

    KeySet(List<VerificationKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * The keys of a JSON document that can verify signatures.
     *
     * @param complaints is told of each key that is unsound and left out, in a sentence that names it by its place; may throw
     * @throws IllegalArgumentException when the document is no key set
     */
    static KeySet read(byte[] json, Consumer<String> complaints) {
        ObjectNode set = StrictJson.object(json);
        if (set == null) throw new IllegalArgumentException("it is not one well-formed JSON object");
        JsonNode array = set.path("keys");
        if (!array.isArray()) throw new IllegalArgumentException("the field 'keys' is not an array");
        if (array.size() > MAX_KEYS) throw new IllegalArgumentException("it has more than " + MAX_KEYS + " keys");
        List<VerificationKey> keys = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            try {
                VerificationKey key = key(array.get(i));
                if (key != null) keys.add(key);
            } catch (IllegalArgumentException e) {
                complaints.accept("keys[" + i + "] " + e.getMessage());
            }
        }
        return new KeySet(keys);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    private static @Nullable VerificationKey key(JsonNode json) {
        JWK jwk = parse(json);
        if (jwk == null) return null;
        if (KeyType.OCT.equals(jwk.getKeyType())) {
            throw new IllegalArgumentException("is symmetric, and a key set holds public keys");
        }
        if (jwk.isPrivate()) {
            throw new IllegalArgumentException("has private parts, and who verifies needs the public ones alone");
        }
        if (jwk instanceof RSAKey && jwk.size() < MIN_RSA_BITS) {
            throw new IllegalArgumentException("is an RSA key of fewer than " + MIN_RSA_BITS + " bits");
        }
        try {
            return VerificationKey.ofPublic(jwk);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("is ill-formed", e);
        }
    }

    /** Null for a type or curve that is not known here: sets may hold newer keys beside ours. */
    private static @Nullable JWK parse(JsonNode json) {
        String type = json.path("kty").asText();
        if (type.isEmpty()) throw new IllegalArgumentException("is ill-formed");
        if (!List.of("EC", "RSA", "OKP", "oct").contains(type)) return null;
        try {
            return JWK.parse(json.toString());
        } catch (ParseException | RuntimeException e) {
            throw new IllegalArgumentException("is ill-formed", e);
        }
    }

    /** Whether a key of the set bears that name; no key does when there is none. */
    boolean names(@Nullable String kid) {
        if (kid == null) return false;
        for (VerificationKey key : keys) {
            if (kid.equals(key.kid())) return true;
        }
        return false;
    }

    /** Whether one of the keys that can be meant made the signature: those of the token's {@code kid}, or else the nameless. */
    boolean verifies(Algorithm algorithm, CompactJws jws) {
        String kid = jws.kid();
        boolean named = names(kid);
        int tries = 0;
        for (VerificationKey key : keys) {
            boolean meant = kid == null || (named ? kid.equals(key.kid()) : key.kid() == null);
            if (!meant || !key.fits(algorithm)) continue;
            if (key.verifies(algorithm, jws)) return true;
            if (++tries == MOST_TRIES) return false; // a stranger chooses how many signatures are checked
        }
        return false;
    }
}
