package dev.scopegate.store.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import dev.scopegate.text.Nearest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The signature algorithms that can be allowed (RFC 7518 §3.1, RFC 8037). {@code none} is not among them. */
enum Algorithm {
    ES256("ES256"),
    EDDSA("EdDSA"),
    RS256("RS256"),
    PS256("PS256"),
    HS256("HS256");

    private final String wireName;

    Algorithm(String wireName) {
        this.wireName = wireName;
    }

    /** The name in a header's {@code alg}. */
    String wireName() {
        return wireName;
    }

    /** A header with this algorithm and nothing else, for verifiers: what the sender wrote is not theirs to read. */
    JWSHeader header() {
        return new JWSHeader(JWSAlgorithm.parse(wireName));
    }

    /** The algorithm of that exact name; null when there is none. */
    static @Nullable Algorithm find(String wireName) {
        for (Algorithm algorithm : values()) {
            if (algorithm.wireName.equals(wireName)) return algorithm;
        }
        return null;
    }

    /** The algorithm of that exact name, as an operator wrote it. */
    static Algorithm of(String wireName) {
        Algorithm algorithm = find(wireName);
        if (algorithm != null) return algorithm;
        List<String> names = Arrays.stream(values()).map(Algorithm::wireName).toList();
        throw new IllegalArgumentException("is none of " + String.join(", ", names) + Nearest.hint(wireName, names));
    }
}
