package dev.scopegate.sample.hub;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import dev.scopegate.config.Settings;
import dev.scopegate.issuer.SigningAlgorithm;
import dev.scopegate.store.JsonFileTokenStoreFactory;
import dev.scopegate.store.jdbc.JdbcTokenStoreFactory;
import dev.scopegate.store.redis.RedisTokenStoreFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The hub's settings: Scopegate's and a few of its own, with defaults that make it run without any. */
final class HubSettings {
    /** Where the hub keeps everything. */
    static final Setting<String> HOME = Setting.text(
            "home",
            "scopegate-home",
            "The folder in which the hub keeps its tokens and edits; made when it is missing.");

    /** Who may make tokens over REST. */
    static final Setting<Boolean> TOKENS_BY_ADMINS_ONLY = Setting.bool(
            "tokens-by-admins-only", false, "Whether only administrators may make, see and end tokens and API keys.");

    /** Who makes the hub's JWTs. */
    static final Setting<String> TOKEN_ISSUER = Setting.text(
            "token-issuer",
            "urn:scopegate:open-data-hub",
            "The `iss` and `aud` of the hub's own JWTs: a URL or URN, the same on all nodes.");

    /** How they are signed. */
    static final Setting<SigningAlgorithm> SIGNING_ALGORITHM = Setting.choice(
            "signing-algorithm",
            SigningAlgorithm.ES256,
            "How the hub's JWTs are signed; with `hs256` nobody else can verify them.");

    /** How long a key signs. */
    static final Setting<Duration> SIGNING_KEY_LIFE = Setting.duration(
            "signing-key-life", "90d", "1h", "3650d", "How long a key signs before another takes its place.");

    /** How long what API keys are exchanged for lives. */
    static final Setting<Duration> ACCESS_TOKEN_LIFE = Setting.duration(
            "access-token-life",
            "24h",
            "1s",
            "30d",
            "How long an access token works that an API key is exchanged for.");

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
                .set(Settings.AUDIT_LOG, isShared(store) ? "token-store" : "memory")
                .build();
    }

    /** Whether a store keeps more than tokens. */
    private static boolean isShared(String store) {
        return store.contains("jdbc") || store.contains("redis");
    }

    private static Configuration.Builder given(Map<String, String> contextParams) {
        List<Setting<?>> known = new ArrayList<>(Scopegate.settings());
        known.add(HOME);
        known.addAll(
                List.of(TOKENS_BY_ADMINS_ONLY, ACCESS_TOKEN_LIFE, TOKEN_ISSUER, SIGNING_ALGORITHM, SIGNING_KEY_LIFE));
        return Configuration.builder(known).addProcess().addPrefixed("context-params", contextParams);
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
