package dev.scopegate.store.jwt;

import static dev.scopegate.testkit.TestTokens.NOW;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes JWTs, sound ones and every other kind; for one thread. */
final class Forge {
    static final String ISSUER = "https://idp.example";
    static final String AUDIENCE = "hub";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Signs the bytes before the second dot. */
    @FunctionalInterface
    interface Signer {
        byte[] sign(byte[] input) throws GeneralSecurityException;
    }

    final Map<String, Object> header = new LinkedHashMap<>();
    final Map<String, Object> claims = new LinkedHashMap<>();
    private UnaryOperator<String> headerText = text -> text;
    private UnaryOperator<String> claimsText = text -> text;

    /** A token that is accepted, once it is signed. */
    Forge(TestKey key) {
        header.put("alg", key.algorithm());
        header.put("kid", key.jwk().getKeyID());
        claims.put("iss", ISSUER);
        claims.put("aud", AUDIENCE);
        claims.put("sub", "ada");
        claims.put("exp", NOW.getEpochSecond() + 3_600);
        claims.put("iat", NOW.getEpochSecond());
        claims.put("scope", "public data.data");
        claims.put("jti", "t-1");
    }

    /** A parameter of the header; null takes it away. */
    Forge header(String name, Object value) {
        if (value == null) header.remove(name);
        else header.put(name, value);
        return this;
    }

    /** A claim; null takes it away. */
    Forge claim(String name, Object value) {
        if (value == null) claims.remove(name);
        else claims.put(name, value);
        return this;
    }

    Forge expires(Instant at) {
        return claim("exp", at.getEpochSecond());
    }

    /** Changes the header's JSON before it is signed. */
    Forge headerText(UnaryOperator<String> change) {
        headerText = change;
        return this;
    }

    /** Changes the payload's JSON before it is signed. */
    Forge claimsText(UnaryOperator<String> change) {
        claimsText = change;
        return this;
    }

    String signedBy(TestKey key) throws Exception {
        Object named = header.get("alg");
        String as = named instanceof String text ? text : key.algorithm();
        boolean known = key.algorithm().equals(as)
                || (as.equals("PS256") && key.algorithm().equals("RS256"));
        return signedBy(input -> key.sign(known ? as : key.algorithm(), input));
    }

    String signedBy(Signer signer) throws Exception {
        String input = base64(headerText.apply(JSON.writeValueAsString(header)).getBytes(StandardCharsets.UTF_8))
                + "."
                + base64(claimsText.apply(JSON.writeValueAsString(claims)).getBytes(StandardCharsets.UTF_8));
        return input + "." + base64(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
