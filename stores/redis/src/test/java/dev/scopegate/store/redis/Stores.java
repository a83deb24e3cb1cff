package dev.scopegate.store.redis;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import dev.scopegate.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stores on a server that a test has started. */
final class Stores {
    private Stores() {}

    /** A store as an application's settings would open it: key, value, key, value… */
    static RedisTokenStore open(String... settings) {
        return RedisTokenStore.open(configuration(settings));
    }

    static Configuration configuration(String... settings) {
        Map<String, String> values = new java.util.HashMap<>();
        for (int i = 0; i < settings.length; i += 2) values.put(settings[i], settings[i + 1]);
        List<Setting<?>> known = new ArrayList<>(Settings.ALL);
        known.addAll(new RedisTokenStoreFactory().settings());
        return Configuration.builder(known).add("test", values).build();
    }
}
