package dev.scopegate.store.jwt;

import dev.scopegate.net.Network;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.AccessTokenBuilder;
import dev.scopegate.token.TokenKind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads a JWT's claims into the facts of a token. Immutable and safe for any number of threads. */
final class Facts {
    private static final int HASH_BYTES = 16;

    private final Clock clock;
    private final Duration skew;

    Facts(Clock clock, Duration skew) {
        this.clock = clock;
        this.skew = skew;
    }

    /** The facts; an expired token has them too. Cheap, so it comes before the signature is verified. */
    AccessToken of(Issuer issuer, CompactJws jws) throws Refused {
        Claims claims = new Claims(jws.payload());
        if (claims.texts("aud").stream().noneMatch(issuer.audiences()::contains)) throw new Refused("not meant for us");
        Instant expires = claims.date("exp");
        if (expires == null) throw new Refused("it never expires");
        Instant latest = clock.instant().plus(skew);
        Instant notBefore = claims.date("nbf");
        if (notBefore != null && notBefore.isAfter(latest)) throw new Refused("not valid yet");
        Instant issued = claims.date("iat");
        if (issued != null && issued.isAfter(latest)) throw new Refused("issued in the future");
        String subject = claims.name("sub");
        if (subject == null) throw new Refused("it has no subject");
        AccessTokenBuilder facts = AccessToken.builder(
                        TokenKind.JWT, id(issuer, claims, jws), name(issuer, claims), issuer.qualified(subject))
                .createdBy(issuer.own() ? subject : issuer.name())
                .scopes(issuer.scopes().of(claims.scopes()))
                .createdAt(issued == null ? Instant.EPOCH : issued)
                .expiresAt(expires)
                .clockSkew(skew);
        // only our own tokens mean our resources by that name
        if (issuer.own()) {
            facts.resources(claims.texts("resources"))
                    .allowedNetworks(networks(claims))
                    .parent(claims.name("sid"));
        }
        return facts.build();
    }

    private static String name(Issuer issuer, Claims claims) throws Refused {
        String name = issuer.own() ? claims.name("name") : null;
        return name == null ? "JWT" : name;
    }

    private static List<Network> networks(Claims claims) throws Refused {
        List<Network> networks = new ArrayList<>();
        for (String text : claims.texts("allowed_networks")) {
            try {
                networks.add(Network.parse(text));
            } catch (IllegalArgumentException e) {
                throw new Refused("a network is ill-formed");
            }
        }
        return networks;
    }

    /**
     * The {@code jti}, or a hash of what is signed: not of the whole token, because a signature that is not deterministic
     * has a second spelling (ES256: r and n-s), which would dodge a revocation.
     */
    private static String id(Issuer issuer, Claims claims, CompactJws jws) throws Refused {
        String jti = claims.name("jti");
        if (jti != null) return issuer.qualified(jti);
        if (issuer.own()) throw new Refused("it has no id");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(jws.signed());
            return issuer.qualified("sha256:" + HexFormat.of().formatHex(hash, 0, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
