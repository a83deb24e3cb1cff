package dev.scopegate.sample.hub;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.config.Settings;
import dev.scopegate.export.Exports;
import dev.scopegate.issuer.Issuer;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.sample.data.Datasets;
import dev.scopegate.store.JsonFileTokenStore;
import dev.scopegate.store.JsonFileTokenStoreFactory;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hub's parts, put together. Safe for any number of threads; {@link #close} ends them. */
public final class Hub implements AutoCloseable {
    /** The owner who is the hub's administrator. */
    static final String ADMINISTRATOR = "admin";

    private final Scopegate scopegate;
    private final Mint mint;
    private final Issuer issuer;
    private final DatasetAccess datasets;
    private final Edits edits;
    private final HubUsers users;
    private @Nullable Control control;

    private Hub(Configuration configuration, Home home) throws IOException {
        // the guard asks the scopegate that it guards; no request comes before both are there
        datasets = new DatasetAccess(Datasets.demo(), this::grants);
        edits = Edits.open(home);
        users = HubUsers.of(home);
        Signatures signatures = new Signatures(configuration, home, users);
        scopegate = Scopegate.builder()
                .configuration(configuration)
                .guard(new DatasetGuard(datasets))
                .around(signatures::before)
                .build();
        TokenRepository tokens = scopegate.repository();
        if (tokens == null) {
            scopegate.close();
            throw new ConfigurationException("store: the hub needs one that keeps tokens, such as 'jdbc'");
        }
        mint = new Mint(scopegate, tokens);
        issuer = Issuer.builder(scopegate)
                .administrators(ADMINISTRATOR::equals)
                .adminOnly(configuration.get(HubSettings.TOKENS_BY_ADMINS_ONLY))
                .jwts(signatures.mint())
                .users(users)
                .accessLife(configuration.get(HubSettings.ACCESS_TOKEN_LIFE))
                .build();
    }

    /** The home folder that this process's settings name. */
    static Home home() {
        return Home.open(HubSettings.home(HubSettings.read(Map.of())));
    }

    /**
     * Opens the hub in its home folder to serve requests; the first time, the administrator gets a token.
     *
     * @param contextParams settings that the web application was given
     * @throws ConfigurationException when it cannot start, in one sentence
     */
    static Hub serving(Map<String, String> contextParams) {
        Configuration configuration = HubSettings.read(contextParams);
        Home home = Home.open(HubSettings.home(configuration));
        try {
            return home.<Hub, Unavailable>alone(alone -> {
                Hub hub = open(configuration, home);
                try {
                    FirstStart.prepare(home, hub.mint);
                    FirstStart.makeUser(home, hub.users);
                    Exports exports = hub.scopegate.exports();
                    if (exports != null) FirstStart.limitExports(home, exports.policies());
                    hub.control = Control.open(home, TokenCommand.Tokens.of(hub));
                    return hub;
                } catch (IOException | Unavailable | RuntimeException e) {
                    hub.close();
                    throw e;
                }
            });
        } catch (IOException | Unavailable e) {
            throw new ConfigurationException("home: " + home + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Opens it for work on its tokens alone, which makes none that was not asked for. The caller has the home alone. */
    static Hub forTokens(Home home) throws IOException, Unavailable {
        return open(HubSettings.read(Map.of()), home);
    }

    private static Hub open(Configuration configuration, Home home) throws IOException, Unavailable {
        Path tokenFile = configuration.get(JsonFileTokenStoreFactory.TOKEN_FILE);
        boolean inFile =
                List.of(configuration.get(Settings.STORE).split(" *, *", -1)).contains(HubSettings.JSON_FILE);
        if (inFile) JsonFileTokenStore.openOrCreate(tokenFile, Duration.ZERO).close();
        Hub hub = new Hub(configuration, home);
        try {
            home.keepPrivate(HubSettings.H2_FILE);
            if (!inFile) TokenImport.from(tokenFile, hub.mint.tokens());
            return hub;
        } catch (IOException | Unavailable | RuntimeException e) {
            hub.close();
            throw e;
        }
    }

    private boolean grants(AccessToken token, String scope) {
        return scopegate.check().grants(token, scope);
    }

    public Scopegate scopegate() {
        return scopegate;
    }

    /** The token service at {@code /api/v1}. */
    Issuer issuer() {
        return issuer;
    }

    Mint mint() {
        return mint;
    }

    /** Who may sign in. */
    HubUsers users() {
        return users;
    }

    /** Who may see which dataset. */
    public DatasetAccess datasets() {
        return datasets;
    }

    /** What people changed about datasets. */
    public Edits edits() {
        return edits;
    }

    @Override
    public void close() {
        if (control != null) control.close();
        scopegate.close();
    }
}
