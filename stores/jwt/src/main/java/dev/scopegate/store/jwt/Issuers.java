package dev.scopegate.store.jwt;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Makes the issuers that settings and the file of issuers name. */
final class Issuers {
    private static final int MAX_NAME_LENGTH = 255;
    private static final List<String> BY_DEFAULT = List.of("ES256", "EdDSA", "RS256", "PS256");
    /** What says nothing without an issuer that it is about. */
    private static final List<String> ABOUT_ONE = List.of("audience", "jwks_file", "jwks_uri", "scopes");

    private final Configuration configuration;
    private final LongSupplier ticker;

    Issuers(Configuration configuration, LongSupplier ticker) {
        this.configuration = configuration;
        this.ticker = ticker;
    }

    /** All of them, their keys read or asked for. */
    List<Issuer> open() {
        List<IssuerFields> given = new ArrayList<>();
        IssuerFields single = new SettingFields(configuration);
        if (single.text("issuer") != null) given.add(single);
        else refuseWithoutIssuer(single);
        configuration.find(JwtTokenStoreFactory.ISSUERS).map(FileFields::read).ifPresent(given::addAll);
        if (given.isEmpty()) {
            throw new ConfigurationException("store=jwt accepts nobody's tokens: give 'jwt-issuer', or name a file that"
                    + " has at least one issuer in 'jwt-issuers'");
        }
        List<Issuer> issuers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        try {
            for (IssuerFields one : given) {
                issuers.add(issuer(one));
                if (!names.add(one.text("issuer"))) throw one.wrong("issuer", "is that of another one");
            }
        } catch (Throwable e) {
            issuers.forEach(issuer -> issuer.keys().close());
            throw e;
        }
        return issuers;
    }

    private static void refuseWithoutIssuer(IssuerFields single) {
        for (String field : ABOUT_ONE) {
            if (single.text(field) != null) throw single.wrong(field, "says nothing without 'jwt-issuer'");
        }
        if (single.secret() != null) throw single.wrong("hmac_key", "says nothing without 'jwt-issuer'");
        if (single.flag("own")) throw single.wrong("own", "says nothing without 'jwt-issuer'");
    }

    private Issuer issuer(IssuerFields given) {
        String name = name(given);
        List<String> audience = given.texts("audience");
        if (audience == null || audience.isEmpty()) {
            throw given.wrong("audience", "is missing: say what stands for this service in the tokens' 'aud'");
        }
        boolean own = given.flag("own");
        Set<Algorithm> algorithms = algorithms(given);
        ScopeRule scopes;
        try {
            scopes = new ScopeRule(given.texts("scopes"), own);
        } catch (IllegalArgumentException e) {
            throw given.wrong("scopes", String.valueOf(e.getMessage()));
        }
        return new Issuer(name, Set.copyOf(new HashSet<>(audience)), keys(given, algorithms), algorithms, scopes, own);
    }

    private static String name(IssuerFields given) {
        String name = given.text("issuer");
        if (name == null || name.isEmpty()) throw given.wrong("issuer", "is missing");
        if (name.length() > MAX_NAME_LENGTH
                || name.indexOf('|') >= 0
                || name.chars().anyMatch(Character::isISOControl)) {
            throw given.wrong(
                    "issuer",
                    "is longer than " + MAX_NAME_LENGTH + " characters, or has a control character or the '|' that ends"
                            + " it in the names of owners");
        }
        return name;
    }

    private static Set<Algorithm> algorithms(IssuerFields given) {
        List<String> names = given.texts("algorithms");
        Set<Algorithm> algorithms = EnumSet.noneOf(Algorithm.class);
        for (String name : names == null ? BY_DEFAULT : names) {
            try {
                algorithms.add(Algorithm.of(name));
            } catch (IllegalArgumentException e) {
                throw given.wrong("algorithms", "one " + e.getMessage());
            }
        }
        if (algorithms.isEmpty()) throw given.wrong("algorithms", "is empty");
        if (algorithms.contains(Algorithm.HS256) && algorithms.size() > 1) {
            throw given.wrong("algorithms", "mixes HS256, whose key is a secret, with those of public keys");
        }
        return algorithms;
    }

    private Keys keys(IssuerFields given, Set<Algorithm> algorithms) {
        String file = given.text("jwks_file");
        String uri = given.text("jwks_uri");
        SecretKey secret = given.secret();
        if ((file == null ? 0 : 1) + (uri == null ? 0 : 1) + (secret == null ? 0 : 1) != 1) {
            throw given.wrong("jwks_uri", "give exactly one of a key file, a URL of keys and a key for HS256");
        }
        if (algorithms.contains(Algorithm.HS256) != (secret != null)) {
            throw given.wrong("algorithms", "HS256 and a secret key need each other, public keys need another one");
        }
        String field = secret != null ? "algorithms" : file != null ? "jwks_file" : "jwks_uri";
        try {
            return keys(file, uri, secret);
        } catch (InvalidPathException e) {
            throw given.wrong(field, "is no path");
        } catch (IllegalArgumentException e) {
            throw given.wrong(field, String.valueOf(e.getMessage()));
        }
    }

    private Keys keys(@Nullable String file, @Nullable String uri, @Nullable SecretKey secret) {
        if (secret != null) return new FixedKeys(new KeySet(List.of(VerificationKey.ofSecret(secret, null))));
        if (file != null) return new FileKeys(Path.of(file));
        JwksRequest request =
                new JwksRequest(String.valueOf(uri), configuration.get(JwtTokenStoreFactory.JWKS_TIMEOUT));
        return new RemoteKeys(
                request,
                configuration.get(JwtTokenStoreFactory.JWKS_REFRESH),
                configuration.get(JwtTokenStoreFactory.JWKS_STALE),
                ticker);
    }
}
