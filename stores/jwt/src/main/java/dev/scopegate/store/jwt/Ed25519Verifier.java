package dev.scopegate.store.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/** Verifies EdDSA over Ed25519 with the JDK, because the library's own verifier needs Tink. Safe for any number of threads. */
final class Ed25519Verifier extends BaseJWSProvider implements JWSVerifier {
    private static final int KEY_LENGTH = 32;
    private static final int SIGNATURE_LENGTH = 64;

    /** What X.509 writes before the 32 bytes of an Ed25519 key (RFC 8410 §4). */
    private static final String X509_PREFIX = "302a300506032b6570032100";

    private final PublicKey key;

    Ed25519Verifier(OctetKeyPair jwk) throws JOSEException {
        super(Set.of(JWSAlgorithm.EdDSA));
        byte[] point = jwk.getDecodedX();
        if (point.length != KEY_LENGTH) throw new JOSEException("an Ed25519 key has 32 bytes");
        try {
            byte[] x509 = HexFormat.of().parseHex(X509_PREFIX + HexFormat.of().formatHex(point));
            key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
        } catch (GeneralSecurityException e) {
            throw new JOSEException("not an Ed25519 key", e);
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
        byte[] bytes = signature.decode();
        // the JDK takes a longer one whose other bytes are zero (RFC 8032 §5.1.7 does not): a second spelling
        if (bytes.length != SIGNATURE_LENGTH) return false;
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(bytes);
        } catch (GeneralSecurityException e) {
            throw new JOSEException("not an Ed25519 signature", e);
        }
    }
}
