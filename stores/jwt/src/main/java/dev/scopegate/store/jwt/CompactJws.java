package dev.scopegate.store.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signed JWT taken apart, its header judged, nothing yet verified (RFC 7515 §7.1, RFC 7519, RFC 8725). Each part is
 * canonical base64url, so one signature over one content has one spelling. Lives as long as its look-up.
 */
final class CompactJws {
    static final int MAX_LENGTH = 8_192;
    private static final int MAX_HEADER_LENGTH = 2_048;
    private static final int MAX_KID_LENGTH = 256;

    /** A key or algorithm that the sender names is not used, so these may stand there; what changes meaning may not. */
    private static final List<String> REFUSED = List.of("crit", "b64", "zip", "enc", "cty");

    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt");

    private final String algorithm;
    private final @Nullable String kid;
    private final ObjectNode payload;
    private final byte[] signed;
    private final Base64URL signature;

    private CompactJws(ObjectNode header, ObjectNode payload, byte[] signed, Base64URL signature) throws Refused {
        for (String name : REFUSED) {
            if (header.has(name)) throw new Refused("a header parameter that is not supported");
        }
        String type = text(header, "typ");
        if (type != null && !TYPES.contains(type.toLowerCase(Locale.ROOT))) throw new Refused("another type of JWT");
        String named = text(header, "alg");
        if (named == null) throw new Refused("no algorithm");
        this.algorithm = named;
        this.kid = text(header, "kid");
        if (kid != null && kid.length() > MAX_KID_LENGTH) throw new Refused("the name of the key is too long");
        this.payload = payload;
        this.signed = signed;
        this.signature = signature;
    }

    static CompactJws read(String token) throws Refused {
        if (token.length() > MAX_LENGTH) throw new Refused("too long");
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) throw new Refused("not three parts");
        if (first > MAX_HEADER_LENGTH) throw new Refused("the header is too long");
        String signature = token.substring(second + 1);
        decode(signature);
        return new CompactJws(
                object(token.substring(0, first)),
                object(token.substring(first + 1, second)),
                token.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                new Base64URL(signature));
    }

    private static ObjectNode object(String part) throws Refused {
        ObjectNode object = StrictJson.object(decode(part));
        if (object == null) throw new Refused("a part is not one well-formed JSON object");
        return object;
    }

    private static byte[] decode(String part) throws Refused {
        byte[] ascii = part.getBytes(StandardCharsets.ISO_8859_1);
        try {
            byte[] decoded = Base64.getUrlDecoder().decode(ascii);
            byte[] canonical = Base64.getUrlEncoder().withoutPadding().encode(decoded);
            if (decoded.length > 0 && Arrays.equals(ascii, canonical)) return decoded;
        } catch (IllegalArgumentException e) {
            throw new Refused("a part is not base64url");
        }
        throw new Refused("a part is empty or not canonical base64url");
    }

    private static @Nullable String text(ObjectNode header, String name) throws Refused {
        JsonNode value = header.get(name);
        if (value == null) return null;
        if (!value.isTextual()) throw new Refused("a header parameter of the wrong type");
        return value.textValue();
    }

    /** The header's {@code alg}, any text. */
    String algorithm() {
        return algorithm;
    }

    /** Which key the issuer says it signed with; null: it does not say. */
    @Nullable String kid() {
        return kid;
    }

    ObjectNode payload() {
        return payload;
    }

    /** The bytes under the signature: header and payload as they were sent. */
    byte[] signed() {
        return signed;
    }

    Base64URL signature() {
        return signature;
    }
}
