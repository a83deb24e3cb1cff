package dev.scopegate.sample.hub;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import dev.scopegate.config.Settings;
import dev.scopegate.store.JsonFileTokenStoreFactory;
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

    private HubSettings() {}

    /**
     * This process's system properties and environment, then context-params, then the hub's defaults.
     *
     * @param contextParams those whose names begin with {@code scopegate.} count
     */
    static Configuration read(Map<String, String> contextParams) {
        return given(contextParams)
                .set(
                        JsonFileTokenStoreFactory.TOKEN_FILE,
                        home(contextParams).resolve("tokens.json").toString())
                .set(Settings.SCOPE_CATALOG, "classpath:scope-catalog.json")
                .set(Settings.REALM, "open-data hub")
                // @ExportLimited says what is raw data; nothing counts it yet
                .set(Settings.EXPORT_WITHOUT_POLICY, "allow")
                .build();
    }

    private static Configuration.Builder given(Map<String, String> contextParams) {
        List<Setting<?>> known = new ArrayList<>(Scopegate.settings());
        known.add(HOME);
        return Configuration.builder(known).addProcess().addPrefixed("context-params", contextParams);
    }

    private static Path home(Map<String, String> contextParams) {
        return home(given(contextParams).build());
    }

    /** The home folder's absolute path. */
    static Path home(Configuration configuration) {
        return Path.of(configuration.get(HOME)).toAbsolutePath().normalize();
    }
}
