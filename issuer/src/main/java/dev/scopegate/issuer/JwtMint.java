package dev.scopegate.issuer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes tokens' facts as signed JWTs, for the service's own verification and for whoever has its public keys: {@code iss}, {@code
 * aud}, {@code sub}, {@code jti}, {@code iat}, {@code exp}, {@code scope}, and where the token has them {@code resources}, {@code
 * allowed_networks}, {@code name}, {@code sid}. Safe for any number of threads.
 */
public final class JwtMint {
    /** As long as a credential in a header may be. */
    private static final int LONGEST = 8_192;

    private final String issuer;
    private final SigningKeys keys;

    /**
     * A mint.
     *
     * @param issuer the {@code iss} and {@code aud} of all it makes
     */
    public JwtMint(String issuer, SigningKeys keys) {
        this.issuer = issuer;
        this.keys = keys;
    }

    /** What it signs with. */
    public SigningKeys keys() {
        return keys;
    }

    /** The token as a JWT, which expires with the second that the facts' expiry lies in; null: it would be too long to send. */
    @Nullable String sign(AccessToken facts) throws Unavailable {
        Instant expires = Objects.requireNonNull(facts.expiresAt(), "a JWT expires");
        JWK key = keys.signing(expires);
        JWSHeader header = new JWSHeader.Builder(
                        JWSAlgorithm.parse(key.getAlgorithm().getName()))
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
        JWSObject jws = new JWSObject(header, new Payload(claims(facts, expires).toString()));
        try {
            jws.sign(SigningAlgorithm.signer(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a key of our own does not sign", e);
        }
        String text = jws.serialize();
        return text.length() > LONGEST ? null : text;
    }

    private ObjectNode claims(AccessToken facts, Instant expires) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("iss", issuer).put("aud", issuer).put("sub", facts.owner()).put("jti", facts.id());
        json.put("iat", facts.createdAt().getEpochSecond()).put("exp", expires.getEpochSecond());
        json.put("scope", String.join(" ", facts.scopes()));
        if (isVisible(facts.name())) json.put("name", facts.name());
        if (!facts.resources().isEmpty()) json.set("resources", TokenJson.array(facts.resources()));
        if (!facts.allowedNetworks().isEmpty()) json.set("allowed_networks", TokenJson.array(facts.allowedNetworks()));
        if (facts.parent() != null) json.put("sid", facts.parent());
        return json;
    }

    /** Whether a text can be a claim that is shown: verifiers refuse what is invisible. */
    static boolean isVisible(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.FORMAT);
    }
}
