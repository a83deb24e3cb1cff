package dev.scopegate.peers;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.scopegate.access.Scopegate;
import dev.scopegate.benchmarks.Fixture;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.Settings;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.jwt.JwtTokenStoreFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** A Scopegate that takes JWTs of one issuer, and one such JWT, signed with ES256. */
final class SignedTokens implements AutoCloseable {
    private static final String ISSUER = "https://idp.example";
    private static final String AUDIENCE = "https://hub.example/api";

    private final Path keys;
    private final String token;
    private final Scopegate scopegate;

    /** With or without a cache; without, each request verifies the signature. */
    SignedTokens(boolean cached) {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
            keys = Files.createTempFile("scopegate-jwks", ".json");
            Files.writeString(keys, new JWKSet(key.toPublicJWK()).toString());
            token = sign(key);
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform has ES256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Configuration.Builder configuration = Configuration.builder(Scopegate.settings())
                .set(Settings.STORE, "jwt")
                .set(JwtTokenStoreFactory.ISSUER, ISSUER)
                .set(JwtTokenStoreFactory.AUDIENCE, AUDIENCE)
                .set(JwtTokenStoreFactory.JWKS_FILE, keys.toString());
        if (!cached) configuration.set(Settings.CACHE_WEIGHT, "0");
        scopegate = Scopegate.builder()
                .configuration(configuration.build())
                .catalog(ScopeCatalog.of(Scope.named(Fixture.NEEDED), Scope.named(Fixture.OTHER)))
                .build();
    }

    private static String sign(ECKey key) throws JOSEException {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("ada")
                .jwtID("t-1")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(12))))
                .claim("scope", Fixture.NEEDED)
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build();
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }

    Scopegate scopegate() {
        return scopegate;
    }

    String token() {
        return token;
    }

    @Override
    public void close() {
        scopegate.close();
        try {
            Files.deleteIfExists(keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
