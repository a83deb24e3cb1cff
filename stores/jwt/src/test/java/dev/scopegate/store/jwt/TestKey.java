package dev.scopegate.store.jwt;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An issuer's key pair, which signs by the JDK alone: not by the library that verifies. */
record TestKey(String algorithm, KeyPair pair, JWK jwk) {
    private static final AlgorithmParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    static TestKey ec(String kid) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        return new TestKey(
                "ES256",
                pair,
                new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                        .keyID(kid)
                        .build());
    }

    /** For RS256; sign with another name for PS256. */
    static TestKey rsa(String kid, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        return new TestKey(
                "RS256",
                pair,
                new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyID(kid).build());
    }

    static TestKey ed25519(String kid) throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] x509 = pair.getPublic().getEncoded();
        Base64URL x = Base64URL.encode(Arrays.copyOfRange(x509, x509.length - 32, x509.length));
        return new TestKey(
                "EdDSA",
                pair,
                new OctetKeyPair.Builder(Curve.Ed25519, x).keyID(kid).build());
    }

    byte[] sign(String as, byte[] input) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(Map.of(
                        "ES256", "SHA256withECDSAinP1363Format",
                        "RS256", "SHA256withRSA",
                        "PS256", "RSASSA-PSS",
                        "EdDSA", "Ed25519")
                .get(as));
        if (as.equals("PS256")) signature.setParameter(PSS);
        signature.initSign(pair.getPrivate());
        signature.update(input);
        return signature.sign();
    }

    static byte[] hmac(byte[] key, byte[] input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(input);
    }

    /** A JWKS of the public halves. */
    static String set(TestKey... keys) {
        return setOf(Arrays.stream(keys).map(key -> key.jwk().toJSONString()).toList());
    }

    static String setOf(List<String> keys) {
        return keys.stream().collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }
}
