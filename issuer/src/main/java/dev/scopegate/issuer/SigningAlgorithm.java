package dev.scopegate.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;

/** How JWTs are signed (RFC 7518 §3.1, RFC 8037). */
public enum SigningAlgorithm {
    /** ECDSA over P-256: verified by anybody who has the public key. */
    ES256,
    /** Ed25519: the same, and signatures are the same for the same content. */
    EDDSA,
    /** HMAC-SHA-256: verified by this service alone, as whoever verifies could also sign. */
    HS256;

    private static final int KID_BYTES = 12;
    private static final int SECRET_BYTES = 32;

    private JWSAlgorithm jws() {
        return switch (this) {
            case ES256 -> JWSAlgorithm.ES256;
            case EDDSA -> JWSAlgorithm.EdDSA;
            case HS256 -> JWSAlgorithm.HS256;
        };
    }

    /** A new key with its private parts and a random name. */
    JWK generate(SecureRandom random) {
        byte[] name = new byte[KID_BYTES];
        random.nextBytes(name);
        String kid = Base64URL.encode(name).toString();
        try {
            return switch (this) {
                case ES256 -> ec(kid, random);
                case EDDSA -> ed25519(kid, random);
                case HS256 -> secret(kid, random);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 makes such keys", e);
        }
    }

    private JWK ec(String kid, SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair pair = generator.generateKeyPair();
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID(kid)
                .algorithm(jws())
                .keyUse(KeyUse.SIGNATURE)
                .build();
    }

    private JWK ed25519(String kid, SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(255, random);
        KeyPair pair = generator.generateKeyPair();
        return new OctetKeyPair.Builder(Curve.Ed25519, last32(pair.getPublic().getEncoded()))
                .d(last32(pair.getPrivate().getEncoded()))
                .keyID(kid)
                .algorithm(jws())
                .keyUse(KeyUse.SIGNATURE)
                .build();
    }

    /** What stands at the end of both encodings, after what X.509 and PKCS #8 write before it (RFC 8410 §4, §7). */
    private static Base64URL last32(byte[] encoded) {
        return Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    private JWK secret(String kid, SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return new OctetSequenceKey.Builder(bytes)
                .keyID(kid)
                .algorithm(jws())
                .keyUse(KeyUse.SIGNATURE)
                .build();
    }

    /** Whether a key is for this algorithm. */
    boolean fits(JWK key) {
        return jws().equals(key.getAlgorithm());
    }

    static JWSSigner signer(JWK key) throws JOSEException {
        if (key instanceof ECKey pair) return new ECDSASigner(pair);
        if (key instanceof OctetKeyPair pair) return new Ed25519Signer(pair);
        return new MACSigner(key.toOctetSequenceKey());
    }
}
