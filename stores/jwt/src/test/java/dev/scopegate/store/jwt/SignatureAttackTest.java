package dev.scopegate.store.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tokens whose signature is not an issuer's, or not by a way that is allowed. */
class SignatureAttackTest extends AttackHarness {
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    @TestFactory
    Stream<DynamicTest> everyAllowedAlgorithmIsAccepted() {
        Map<String, TestKey> keys = Map.of("ES256", ec, "EdDSA", ed, "RS256", rsa, "PS256", rsa);
        return keys.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    String token = new Forge(one.getValue())
                            .header("alg", one.getKey())
                            .signedBy(one.getValue());
                    assertThat(store.claims(present(token))).isTrue();
                    assertThat(find(store, token)).isNotNull();
                }));
    }

    @TestFactory
    Stream<DynamicTest> noOtherSignatureIs() throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("signed by a stranger under our key's name", good().signedBy(stranger));
        all.put("alg none, no signature", good().header("alg", "none").signedBy(input -> new byte[0]));
        all.put("alg None, some signature", good().header("alg", "None").signedBy(ec));
        all.put("alg missing", good().header("alg", null).signedBy(ec));
        all.put("alg no text", good().header("alg", 7).signedBy(ec));
        all.put("alg in lower case", good().header("alg", "es256").signedBy(ec));
        all.put("alg ES384", good().header("alg", "ES384").signedBy(ec));
        all.put(
                "alg of another key: EC key, RS256",
                good().header("alg", "RS256").signedBy(ec));
        all.put(
                "alg of another key: RSA key, ES256",
                new Forge(rsa).header("alg", "ES256").signedBy(rsa));
        byte[] publicKey = rsa.pair().getPublic().getEncoded();
        all.put(
                "key confusion: HS256 under the RSA key's bytes",
                new Forge(rsa).header("alg", "HS256").signedBy(input -> TestKey.hmac(publicKey, input)));
        byte[] jwk = rsa.jwk().toJSONString().getBytes(StandardCharsets.UTF_8);
        all.put(
                "key confusion: HS256 under the JWK's text",
                new Forge(rsa).header("alg", "HS256").signedBy(input -> TestKey.hmac(jwk, input)));
        all.put(
                "PS256 said, RS256 signed",
                new Forge(rsa).header("alg", "PS256").signedBy(input -> rsa.sign("RS256", input)));
        all.put(
                "RS256 said, PS256 signed",
                new Forge(rsa).header("alg", "RS256").signedBy(input -> rsa.sign("PS256", input)));

        all.put("ES256: all zero", good().signedBy(input -> new byte[64]));
        all.put("ES256: r zero", good().signedBy(input -> join(BigInteger.ZERO, s(input))));
        all.put("ES256: s zero", good().signedBy(input -> join(r(input), BigInteger.ZERO)));
        all.put("ES256: r = n", good().signedBy(input -> join(ORDER, s(input))));
        all.put("ES256: s = n", good().signedBy(input -> join(r(input), ORDER)));
        all.put("ES256: s + n", good().signedBy(input -> join(BigInteger.ONE, ORDER.add(BigInteger.ONE))));
        all.put("ES256: DER instead of r and s", good().signedBy(this::der));
        all.put("ES256: a byte too long", good().signedBy(input -> Arrays.copyOf(ec.sign("ES256", input), 65)));
        all.put("ES256: a byte too short", good().signedBy(input -> Arrays.copyOf(ec.sign("ES256", input), 63)));
        all.put("EdDSA: all zero", new Forge(ed).signedBy(input -> new byte[64]));
        all.put("EdDSA: S + L", new Forge(ed).signedBy(this::secondSpellingOfEd25519));
        all.put(
                "EdDSA: a zero byte after",
                new Forge(ed).signedBy(input -> Arrays.copyOf(ed.sign("EdDSA", input), 65)));
        all.put("EdDSA: too short", new Forge(ed).signedBy(input -> new byte[63]));
        all.put("RS256: a zero byte before", new Forge(rsa).signedBy(input -> {
                    byte[] longer = new byte[257];
                    System.arraycopy(rsa.sign("RS256", input), 0, longer, 1, 256);
                    return longer;
                }));
        all.put("RS256: all zero", new Forge(rsa).signedBy(input -> new byte[256]));

        all.put(
                "jwk in the header",
                good().header("jwk", stranger.jwk().toJSONObject()).signedBy(stranger));
        all.put(
                "jku in the header",
                good().header("jku", "https://evil.example/").signedBy(stranger));
        all.put(
                "x5u in the header",
                good().header("x5u", "https://evil.example/").signedBy(stranger));
        all.put("x5c in the header", good().header("x5c", List.of("MIIB")).signedBy(stranger));
        return refused(all);
    }

    @Test
    void headersThatNameAKeyElsewhereChangeNothingForATokenOfOurKey() throws Exception {
        String token = good().header("jku", "https://evil.example/")
                .header("jwk", stranger.jwk().toJSONObject())
                .header("x5c", List.of("x"))
                .signedBy(ec);
        assertThat(find(store, token)).isNotNull();
    }

    /** ECDSA has two signatures for each, so what names a token without an id is not a hash of all of it. */
    @Test
    void theSecondSpellingOfASignatureHasTheSameId() throws Exception {
        Forge nameless = good().claim("jti", null);
        byte[][] kept = new byte[1][];
        String one = nameless.signedBy(input -> kept[0] = ec.sign("ES256", input));
        BigInteger r = new BigInteger(1, Arrays.copyOf(kept[0], 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(kept[0], 32, 64));
        String other = nameless.signedBy(input -> join(r, ORDER.subtract(s)));

        assertThat(other).isNotEqualTo(one);
        assertThat(facts(store, other).id()).isEqualTo(facts(store, one).id()).startsWith(Forge.ISSUER + "|sha256:");
    }

    private BigInteger r(byte[] input) throws GeneralSecurityException {
        return new BigInteger(1, Arrays.copyOf(ec.sign("ES256", input), 32));
    }

    private BigInteger s(byte[] input) throws GeneralSecurityException {
        return new BigInteger(1, Arrays.copyOfRange(ec.sign("ES256", input), 32, 64));
    }

    private static byte[] join(BigInteger r, BigInteger s) {
        byte[] both = new byte[64];
        fill(both, 32, r);
        fill(both, 64, s);
        return both;
    }

    private static void fill(byte[] into, int end, BigInteger number) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, into, end - length, length);
    }

    private byte[] der(byte[] input) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(ec.pair().getPrivate());
        signature.update(input);
        return signature.sign();
    }

    private byte[] secondSpellingOfEd25519(byte[] input) throws GeneralSecurityException {
        byte[] signature = ed.sign("EdDSA", input);
        byte[] s = Arrays.copyOfRange(signature, 32, 64);
        reverse(s);
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] other = new byte[32];
        fill(other, 32, new BigInteger(1, s).add(order));
        reverse(other);
        System.arraycopy(other, 0, signature, 32, 32);
        return signature;
    }

    private static void reverse(byte[] bytes) {
        for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
            byte kept = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = kept;
        }
    }
}
