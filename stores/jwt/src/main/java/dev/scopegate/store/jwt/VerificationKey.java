package dev.scopegate.store.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * One key of an issuer and what it may verify: its type decides the algorithms, its own {@code alg} narrows them to one.
 * Immutable and safe for any number of threads.
 */
final class VerificationKey {
    private final @Nullable String kid;
    private final Map<Algorithm, JWSVerifier> verifiers;

    private VerificationKey(@Nullable String kid, Map<Algorithm, JWSVerifier> verifiers) {
        this.kid = kid;
        this.verifiers = verifiers;
    }

    /** A key for HS256 alone, of at least 32 bytes. */
    static VerificationKey ofSecret(SecretKey secret, @Nullable String kid) {
        try {
            return new VerificationKey(kid, Map.of(Algorithm.HS256, new MACVerifier(secret)));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the key has fewer than 32 bytes", e);
        }
    }

    /** A public key; null when it is for something else than the signatures that we know. */
    static @Nullable VerificationKey ofPublic(JWK jwk) throws JOSEException {
        if (jwk.getKeyUse() != null && !KeyUse.SIGNATURE.equals(jwk.getKeyUse())) return null;
        if (jwk.getKeyOperations() != null && !jwk.getKeyOperations().contains(KeyOperation.VERIFY)) return null;
        Map<Algorithm, JWSVerifier> verifiers = new EnumMap<>(Algorithm.class);
        if (jwk instanceof ECKey key && Curve.P_256.equals(key.getCurve())) {
            verifiers.put(Algorithm.ES256, new ECDSAVerifier(key.toECPublicKey()));
        } else if (jwk instanceof RSAKey key) {
            JWSVerifier verifier = new RSASSAVerifier(key.toRSAPublicKey());
            verifiers.put(Algorithm.RS256, verifier);
            verifiers.put(Algorithm.PS256, verifier);
        } else if (jwk instanceof OctetKeyPair key && Curve.Ed25519.equals(key.getCurve())) {
            verifiers.put(Algorithm.EDDSA, new Ed25519Verifier(key));
        }
        if (jwk.getAlgorithm() != null) {
            String only = jwk.getAlgorithm().getName();
            verifiers.keySet().removeIf(algorithm -> !algorithm.wireName().equals(only));
        }
        return verifiers.isEmpty() ? null : new VerificationKey(jwk.getKeyID(), verifiers);
    }

    /** Its name in the issuer's set; null: it has none. */
    @Nullable String kid() {
        return kid;
    }

    /** Whether the key is for that algorithm. */
    boolean fits(Algorithm algorithm) {
        return verifiers.containsKey(algorithm);
    }

    /** Whether the signature is this key's, under an algorithm that this key is for. */
    boolean verifies(Algorithm algorithm, CompactJws jws) {
        JWSVerifier verifier = verifiers.get(algorithm);
        if (verifier == null) return false;
        try {
            return verifier.verify(algorithm.header(), jws.signed(), jws.signature());
        } catch (JOSEException | RuntimeException e) {
            return false; // providers throw what they like at a signature that they cannot read
        }
    }
}
