package dev.scopegate.sample.hub;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.config.Settings;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.sample.data.Datasets;
import dev.scopegate.store.JsonFileTokenStore;
import dev.scopegate.store.JsonFileTokenStoreFactory;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import java.io.IOException;
import java.util.Map;

/** The hub's parts, put together. Safe for any number of threads; {@link #close} ends them. */
public final class Hub implements AutoCloseable {
    /** The owner who is the hub's administrator. */
    static final String ADMINISTRATOR = "admin";

    private final Scopegate scopegate;
    private final Mint mint;
    private final DatasetAccess datasets;
    private final Edits edits;

    private Hub(Configuration configuration, Home home, TokenRepository tokens) throws IOException {
        // the guard asks the scopegate that it guards; no request comes before both are there
        datasets = new DatasetAccess(Datasets.demo(), this::grants);
        scopegate = Scopegate.builder()
                .configuration(configuration)
                .store(tokens)
                .guard(new DatasetGuard(datasets))
                .build();
        mint = new Mint(scopegate, tokens);
        edits = Edits.open(home);
    }

    /**
     * Opens the hub in its home folder to serve requests; the first time, the administrator gets a token.
     *
     * @param contextParams settings that the web application was given
     * @throws ConfigurationException when it cannot start, in one sentence
     */
    static Hub serving(Map<String, String> contextParams) {
        return open(contextParams, true);
    }

    /** Opens it for work on its tokens alone, which makes none that was not asked for. */
    static Hub forTokens() {
        return open(Map.of(), false);
    }

    private static Hub open(Map<String, String> contextParams, boolean serving) {
        Configuration configuration = HubSettings.read(contextParams);
        String store = configuration.get(Settings.STORE);
        if (!store.equals("json-file")) {
            throw new ConfigurationException("store: the hub keeps its tokens in 'json-file', not in '" + store + "'");
        }
        Home home = Home.open(HubSettings.home(configuration));
        try {
            return home.<Hub, Unavailable>alone(() -> {
                TokenRepository tokens = JsonFileTokenStore.openOrCreate(
                        configuration.get(JsonFileTokenStoreFactory.TOKEN_FILE),
                        configuration.get(JsonFileTokenStoreFactory.TOKEN_FILE_POLL));
                Hub hub = new Hub(configuration, home, tokens);
                try {
                    if (serving) FirstStart.prepare(home, hub.mint);
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

    private boolean grants(AccessToken token, String scope) {
        return scopegate.check().grants(token, scope);
    }

    public Scopegate scopegate() {
        return scopegate;
    }

    Mint mint() {
        return mint;
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
        scopegate.close();
    }
}
