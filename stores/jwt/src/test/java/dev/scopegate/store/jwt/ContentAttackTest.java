package dev.scopegate.store.jwt;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tokens that an issuer's key has signed, and that are no access tokens for us all the same. */
class ContentAttackTest extends AttackHarness {
    @TestFactory
    Stream<DynamicTest> typesOfAccessTokensAreAccepted() {
        return Stream.of("JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "Application/JWT")
                .map(type -> DynamicTest.dynamicTest(
                        type,
                        () -> assertThat(find(store, good().header("typ", type).signedBy(ec)))
                                .isNotNull()));
    }

    @TestFactory
    Stream<DynamicTest> noOtherHeaderIs() throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "crit of something unknown",
                good().header("crit", List.of("x")).header("x", 1).signedBy(ec));
        all.put("crit empty", good().header("crit", List.of()).signedBy(ec));
        all.put("b64 false", good().header("b64", false).signedBy(ec));
        all.put(
                "b64 false and crit",
                good().header("b64", false).header("crit", List.of("b64")).signedBy(ec));
        all.put("zip", good().header("zip", "DEF").signedBy(ec));
        all.put("cty JWT", good().header("cty", "JWT").signedBy(ec));
        all.put("enc", good().header("enc", "A256GCM").signedBy(ec));
        all.put("kid no text", good().header("kid", List.of("ec")).signedBy(ec));
        all.put("kid unknown", good().header("kid", "other").signedBy(ec));
        all.put("kid very long", good().header("kid", "k".repeat(257)).signedBy(ec));
        all.put(
                "kid a path",
                good().header("kid", "../../dev/null").signedBy(input -> TestKey.hmac(new byte[1], input)));
        for (String type : List.of("secevent+jwt", "logout+jwt", "dpop+jwt", "JOSE", "", "application/")) {
            all.put("typ '" + type + "'", good().header("typ", type).signedBy(ec));
        }
        all.put("typ no text", good().header("typ", 1).signedBy(ec));
        all.put(
                "header twice the same key",
                good().headerText(json -> json.replace("{", "{\"alg\":\"ES256\","))
                        .signedBy(ec));
        all.put(
                "header with something after it",
                good().headerText(json -> json + "{}").signedBy(ec));
        all.put("header too long", good().header("x", "x".repeat(2_000)).signedBy(ec));
        all.put("header an array", good().headerText(json -> "[" + json + "]").signedBy(ec));
        return refused(all);
    }

    @TestFactory
    Stream<DynamicTest> noOtherClaimsAre() throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("iss missing", good().claim("iss", null).signedBy(ec));
        all.put("iss another", good().claim("iss", "https://evil.example").signedBy(ec));
        all.put("iss with a slash more", good().claim("iss", Forge.ISSUER + "/").signedBy(ec));
        all.put("iss in capitals", good().claim("iss", "HTTPS://IDP.EXAMPLE").signedBy(ec));
        all.put("iss an array", good().claim("iss", List.of(Forge.ISSUER)).signedBy(ec));
        all.put("aud missing", good().claim("aud", null).signedBy(ec));
        all.put("aud another", good().claim("aud", "shop").signedBy(ec));
        all.put("aud empty", good().claim("aud", List.of()).signedBy(ec));
        all.put("aud a part of ours", good().claim("aud", "hu").signedBy(ec));
        all.put("aud among numbers", good().claim("aud", List.of(1, "hub")).signedBy(ec));
        all.put("aud an object", good().claim("aud", Map.of("hub", true)).signedBy(ec));
        all.put("sub missing", good().claim("sub", null).signedBy(ec));
        all.put("sub empty", good().claim("sub", "").signedBy(ec));
        all.put("sub a number", good().claim("sub", 7).signedBy(ec));
        all.put("sub too long", good().claim("sub", "a".repeat(256)).signedBy(ec));
        all.put("sub with a line end", good().claim("sub", "ada\nroot").signedBy(ec));
        all.put("sub with NUL", good().claim("sub", "ada\u0000").signedBy(ec));
        all.put("sub turned round", good().claim("sub", "ada\u202e").signedBy(ec));
        all.put(
                "sub half a character",
                good().claimsText(json -> json.replace("\"ada\"", "\"ada\\ud800\""))
                        .signedBy(ec));
        all.put("jti a number", good().claim("jti", 1).signedBy(ec));
        all.put("jti too long", good().claim("jti", "j".repeat(256)).signedBy(ec));
        all.put("scope a number", good().claim("scope", 1).signedBy(ec));
        all.put("scope of numbers", good().claim("scope", List.of(1)).signedBy(ec));
        all.put("exp missing", good().claim("exp", null).signedBy(ec));
        for (String date : List.of(
                "\"1900000000\"",
                "null",
                "true",
                "-1",
                "-0.5",
                "1e400",
                "1e99",
                "9223372036854775808",
                "[1900000000]",
                "253402300800",
                "99999999999999999999999999999999",
                "NaN",
                "Infinity")) {
            all.put(
                    "exp " + date,
                    good().claimsText(json -> json.replaceAll("\"exp\":\\d+", "\"exp\":" + date))
                            .signedBy(ec));
        }
        all.put("nbf no number", good().claim("nbf", "0").signedBy(ec));
        all.put("nbf ahead", good().claim("nbf", NOW.getEpochSecond() + 60).signedBy(ec));
        all.put("iat no number", good().claim("iat", "0").signedBy(ec));
        all.put("iat ahead", good().claim("iat", NOW.getEpochSecond() + 60).signedBy(ec));
        return refused(all);
    }

    @TestFactory
    Stream<DynamicTest> noOtherWritingIs() throws Exception {
        String sound = good().signedBy(ec);
        String[] part = sound.split("\\.", -1);
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "payload twice the same key",
                good().claimsText(json -> json.replace("\"sub\"", "\"sub\":\"root\",\"sub\""))
                        .signedBy(ec));
        all.put(
                "payload twice the same key, escaped",
                good().claimsText(json -> json.replace("\"sub\"", "\"s\\u0075b\":\"root\",\"sub\""))
                        .signedBy(ec));
        all.put(
                "payload twice the same issuer",
                good().claimsText(json -> json.replace("{", "{\"iss\":\"https://evil.example\","))
                        .signedBy(ec));
        all.put(
                "payload with something after it",
                good().claimsText(json -> json + " 1").signedBy(ec));
        all.put(
                "payload with a comment",
                good().claimsText(json -> "/**/" + json).signedBy(ec));
        all.put(
                "payload with a byte order mark",
                good().claimsText(json -> "\ufeff" + json).signedBy(ec));
        all.put(
                "payload nested deep",
                good().claimsText(json ->
                                json.replace("{\"iss\"", "{\"x\":" + "[".repeat(100) + "]".repeat(100) + ",\"iss\""))
                        .signedBy(ec));
        all.put("payload an array", good().claimsText(json -> "[" + json + "]").signedBy(ec));
        all.put("payload a JWT", good().claimsText(json -> sound).signedBy(ec));
        all.put("payload not UTF-8", reencoded(sound, StandardCharsets.ISO_8859_1));
        all.put("payload in UTF-16", reencoded(sound, StandardCharsets.UTF_16));
        all.put(
                "longer than a header may carry",
                good().claim("x", "x".repeat(6_200)).signedBy(ec));

        all.put("no signature", part[0] + "." + part[1] + ".");
        all.put("no signature and no dot", part[0] + "." + part[1]);
        all.put("four parts", sound + ".");
        all.put("five parts", sound + "." + part[1] + "." + part[2]);
        all.put("header empty", "." + part[1] + "." + part[2]);
        all.put("payload empty", part[0] + ".." + part[2]);
        all.put("dots", "..");
        all.put("padded", sound + "=");
        all.put("padded twice", sound + "==");
        all.put("payload padded", padded(part));
        all.put("stray bits", sound.substring(0, sound.length() - 1) + next(sound.charAt(sound.length() - 1)));
        all.put(
                "payload of another token",
                part[0] + "." + good().claim("sub", "root").signedBy(ec).split("\\.", -1)[1] + "." + part[2]);
        return refused(all);
    }

    private String reencoded(String token, Charset charset) throws Exception {
        String[] part = token.split("\\.", -1);
        String json = new String(Base64.getUrlDecoder().decode(part[1]), StandardCharsets.UTF_8);
        String payload = Forge.base64(json.replace("ada", "ad\u00e4").getBytes(charset));
        byte[] input = (part[0] + "." + payload).getBytes(StandardCharsets.US_ASCII);
        return part[0] + "." + payload + "." + Forge.base64(ec.sign("ES256", input));
    }

    /** The payload padded as base64 once was, and signed so. */
    private String padded(String[] part) throws Exception {
        String json = new String(Base64.getUrlDecoder().decode(part[1]), StandardCharsets.UTF_8);
        while (json.length() % 3 != 1) json += " ";
        String payload = Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.US_ASCII));
        assertThat(payload).endsWith("==");
        byte[] input = (part[0] + "." + payload).getBytes(StandardCharsets.US_ASCII);
        return part[0] + "." + payload + "." + Forge.base64(ec.sign("ES256", input));
    }

    /** The same bits but the last, which stand for nothing. */
    private static char next(char last) {
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return digits.charAt(digits.indexOf(last) ^ 1);
    }
}
