package dev.scopegate.store.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.config.Configuration;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.InMemoryDenylist;
import dev.scopegate.store.Listeners;
import dev.scopegate.store.StoreHealth;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenChanges;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON Web Tokens of configured issuers, verified by signature and claims. Keeps no token; what has been verified is for the
 * cache in front to remember. Claims each token whose payload names a configured issuer, sound or not, so that none of them
 * is sent on to another store. Safe for any number of threads.
 */
public final class JwtTokenStore implements TokenStore {
    private static final Logger LOG = LoggerFactory.getLogger(JwtTokenStore.class);

    private static final Duration OWN_SKEW = Duration.ofSeconds(30);

    private final Map<String, Issuer> issuers;
    private final Facts facts;
    private final Denylist denylist;
    private final boolean ownDenylist;
    private final Listeners doubts = new Listeners();

    JwtTokenStore(Collection<Issuer> issuers, Clock clock, Duration skew, @Nullable Denylist shared) {
        Map<String, Issuer> byName = new LinkedHashMap<>();
        for (Issuer issuer : issuers) byName.put(issuer.name(), issuer);
        this.issuers = byName;
        this.facts = new Facts(clock, skew);
        this.denylist = shared == null ? new InMemoryDenylist(clock) : shared;
        this.ownDenylist = shared == null;
    }

    /**
     * Reads the settings and the key files, and begins to ask for keys that are elsewhere.
     *
     * @param shared where it is kept which JWTs are revoked; null: in this process alone
     * @throws dev.scopegate.config.ConfigurationException when the settings name no usable issuer
     */
    public static JwtTokenStore open(Configuration configuration, Clock clock, @Nullable Denylist shared) {
        Duration skew = configuration.get(JwtTokenStoreFactory.CLOCK_SKEW);
        return new JwtTokenStore(new Issuers(configuration, System::nanoTime).open(), clock, skew, shared);
    }

    /**
     * A store of this service's own tokens, whose keys are asked for in this process: facts as the issuer wrote them, algorithms
     * as each key is for.
     *
     * @param issuer the exact {@code iss} and {@code aud}
     * @param shared where it is kept which JWTs are revoked; null: in this process alone
     */
    public static JwtTokenStore ofOwn(String issuer, OwnKeys keys, Clock clock, @Nullable Denylist shared) {
        Set<Algorithm> algorithms = EnumSet.of(Algorithm.ES256, Algorithm.EDDSA, Algorithm.HS256);
        Issuer own = new Issuer(
                issuer, Set.of(issuer), new RingKeys(keys, clock), algorithms, new ScopeRule(null, true), true);
        return new JwtTokenStore(Set.of(own), clock, OWN_SKEW, shared);
    }

    @Override
    public boolean claims(BearerToken presented) {
        if (presented.isOpaque()) return false;
        String token = presented.reveal();
        int first = token.indexOf('.');
        if (first < 0) return false;
        int second = token.indexOf('.', first + 1);
        int end = Math.min(second < 0 ? token.length() : second, first + CompactJws.MAX_LENGTH);
        if ((end - first) % 4 == 2) end--; // one character too many for base64, and still ours
        try {
            byte[] payload = Base64.getUrlDecoder()
                    .decode(token.substring(first + 1, end).getBytes(StandardCharsets.ISO_8859_1));
            return StrictJson.hasMember(payload, "iss", issuers.keySet());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Verifies a token. An expired one is found, as its facts say so; one that is denied is not.
     *
     * @throws Unavailable when its issuer's keys or the denylist cannot be asked
     */
    @Override
    public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
        if (presented.isOpaque()) return null;
        Issuer issuer = null;
        try {
            CompactJws jws = CompactJws.read(presented.reveal());
            JsonNode named = jws.payload().path("iss");
            issuer = named.isTextual() ? issuers.get(named.textValue()) : null;
            if (issuer == null) throw new Refused("not an issuer of ours");
            AccessToken token = facts.of(issuer, jws);
            verify(issuer, jws);
            if (denylist.denies(token.id())) throw new Refused("it is revoked");
            return StoredToken.identifiedAsWhole(token);
        } catch (Refused e) {
            LOG.debug("refused a JWT of {}: {}", issuer == null ? "nobody" : issuer.name(), e.getMessage());
            // not to be remembered: the keys may have been read just before there was another
            if (e instanceof UnknownKey) doubts.tell(new TokenChange.OfToken(presented.lookUpKey()));
            return null;
        }
    }

    private static void verify(Issuer issuer, CompactJws jws) throws Refused, Unavailable {
        Algorithm algorithm = Algorithm.find(jws.algorithm());
        if (algorithm == null || !issuer.algorithms().contains(algorithm)) throw new Refused("another algorithm");
        KeySet keys = issuer.keys().current();
        if (keys.verifies(algorithm, jws)) return;
        if (!keys.names(jws.kid())) {
            KeySet newer = issuer.keys().newerThan(keys);
            if (newer != keys && newer.verifies(algorithm, jws)) return;
            if (jws.kid() != null && !newer.names(jws.kid())) throw new UnknownKey();
        }
        throw new Refused("no key of the issuer made the signature");
    }

    /** Those of the denylist; and every token that names an unknown key, so that no cache in front remembers the answer. */
    @Override
    public TokenChanges changes() {
        return listener -> {
            denylist.changes().subscribe(listener);
            doubts.subscribe(listener);
        };
    }

    /** Its own, unless it was given another store's. */
    @Override
    public @Nullable Denylist denylist() {
        return ownDenylist ? denylist : null;
    }

    @Override
    public StoreHealth health() {
        boolean usable = true;
        StringJoiner troubles = new StringJoiner("; ");
        for (Issuer issuer : issuers.values()) {
            usable &= issuer.keys().usable();
            String trouble = issuer.keys().trouble();
            if (trouble != null) troubles.add(trouble);
        }
        if (troubles.length() == 0) return StoreHealth.UP;
        return new StoreHealth(usable, Duration.ZERO, troubles.toString());
    }

    @Override
    public void close() {
        issuers.values().forEach(issuer -> issuer.keys().close());
    }
}
