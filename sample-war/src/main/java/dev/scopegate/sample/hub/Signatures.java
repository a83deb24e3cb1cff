package dev.scopegate.sample.hub;

import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.config.Settings;
import dev.scopegate.issuer.JwtMint;
import dev.scopegate.issuer.Login;
import dev.scopegate.issuer.SealedKeyRing;
import dev.scopegate.issuer.SigningKeys;
import dev.scopegate.issuer.UserDirectory;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.ChainedTokenStore;
import dev.scopegate.store.FileKeyRing;
import dev.scopegate.store.KeyRing;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenStore;
import dev.scopegate.store.jwt.JwtTokenStore;
import dev.scopegate.store.jwt.OwnKeys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hub's own JWTs: how they are signed, and the store that verifies them in this process. For one thread, at the start. */
final class Signatures {
    /** Where the keys are while no shared store may have them. */
    static final String FILE = "signing-keys";

    private final Configuration configuration;
    private final Home home;
    private final UserDirectory users;
    private @Nullable JwtMint mint;

    Signatures(Configuration configuration, Home home, UserDirectory users) {
        this.configuration = configuration;
        this.home = home;
        this.users = users;
    }

    /** The store with one before it that claims our own JWTs, so that none of them gets any further. */
    TokenStore before(TokenStore store) {
        String issuer = configuration.get(HubSettings.TOKEN_ISSUER);
        SigningKeys keys = keys(store.repository());
        mint = new JwtMint(issuer, keys);
        OwnKeys own = new OwnKeys() {
            @Override
            public List<JWK> current() throws Unavailable {
                return keys.current();
            }

            @Override
            public List<JWK> reread() throws Unavailable {
                return keys.reread();
            }
        };
        JwtTokenStore verifying = JwtTokenStore.ofOwn(issuer, own, Clock.systemUTC(), store.denylist());
        return new ChainedTokenStore(List.of(Login.standing(verifying, users), store));
    }

    /** In the store, sealed, where there is a key to seal with; otherwise in the home folder. */
    private SigningKeys keys(@Nullable TokenRepository store) {
        KeyRing shared = store == null ? null : store.keyRing();
        Optional<String> secret = configuration.find(Settings.SECRET_KEY);
        KeyRing ring = shared != null && secret.isPresent()
                ? new SealedKeyRing(shared, secret.get().getBytes(StandardCharsets.UTF_8))
                : FileKeyRing.open(home.file(FILE));
        try {
            return SigningKeys.open(
                    ring,
                    configuration.get(HubSettings.SIGNING_ALGORITHM),
                    configuration.get(HubSettings.SIGNING_KEY_LIFE),
                    Clock.systemUTC());
        } catch (Unavailable e) {
            throw new ConfigurationException("the signing keys cannot be used: " + e.getMessage(), e);
        }
    }

    /** What signs; only after {@link #before}. */
    JwtMint mint() {
        return Objects.requireNonNull(mint, "the store has not been made");
    }
}
