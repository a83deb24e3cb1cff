package dev.scopegate.sample.hub;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import dev.scopegate.config.Settings;
import dev.scopegate.store.JsonFileTokenStoreFactory;
import dev.scopegate.store.jdbc.JdbcTokenStoreFactory;
import dev.scopegate.store.redis.RedisTokenStoreFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The hub's settings: Scopegate's and one of its own, with defaults that make it run without any. */
final class HubSettings {
    /** Where the hub keeps everything. */
    static final Setting<String> HOME = Setting.text(
            "home",
            "scopegate-home",
            "The folder in which the hub keeps its tokens and edits; made when it is missing.");

    /** Who may make tokens over REST. */
    static final Setting<Boolean> TOKENS_BY_ADMINS_ONLY = Setting.bool(
            "tokens-by-admins-only", false, "Whether only administrators may make, see and end tokens and API keys.");

    /** The kind of store that the hub once had. */
    static final String JSON_FILE = "json-file";

    /** The file that H2 makes of {@link #h2}. */
    static final String H2_FILE = "tokens.mv.db";

    private HubSettings() {}

    /**
     * This process's system properties and environment, then context-params, then the hub's defaults.
     *
     * @param contextParams those whose names begin with {@code scopegate.} count
     */
    static Configuration read(Map<String, String> contextParams) {
        Configuration given = given(contextParams).build();
        Path home = home(given);
        String usual = given.find(RedisTokenStoreFactory.URL).isPresent() ? "redis" : "jdbc";
        String store = given(contextParams).set(Settings.STORE, usual).build().get(Settings.STORE);
        return given(contextParams)
                .set(Settings.STORE, store)
                .set(JdbcTokenStoreFactory.URL, h2(home))
                .set(
                        JsonFileTokenStoreFactory.TOKEN_FILE,
                        home.resolve("tokens.json").toString())
                .set(Settings.SCOPE_CATALOG, "classpath:scope-catalog.json")
                .set(Settings.REALM, "open-data hub")
                .set(Settings.EXPORT_LEDGER, isShared(store) ? "token-store" : "memory")
                .set(Settings.AUDIT_LOG, keepsEvents(store) ? "token-store" : "memory")
                .build();
    }

    /** Whether a store keeps more than tokens. */
    private static boolean isShared(String store) {
        return store.contains("jdbc") || store.contains("redis");
    }

    private static Configuration.Builder given(Map<String, String> contextParams) {
        List<Setting<?>> known = new ArrayList<>(Scopegate.settings());
        known.add(HOME);
        known.add(TOKENS_BY_ADMINS_ONLY);
        return Configuration.builder(known).addProcess().addPrefixed("context-params", contextParams);
    }

    private static boolean keepsEvents(String store) {
        return store.contains("jdbc") || store.contains("redis");
    }

    /** A database in the home folder, which the hub itself closes. */
    private static String h2(Path home) {
        String file = home.resolve("tokens").toString().replace(";", "\\;");
        return "jdbc:h2:file:" + file + ";DB_CLOSE_ON_EXIT=FALSE";
    }

    /** The home folder's absolute path. */
    static Path home(Configuration configuration) {
        return Path.of(configuration.get(HOME)).toAbsolutePath().normalize();
    }
}
