package dev.scopegate.store;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/**
 * Makes a store from settings. Found by {@link java.util.ServiceLoader}: name the class in
 * {@code META-INF/services/dev.scopegate.store.TokenStoreFactory}.
 */
public interface TokenStoreFactory {
    /** The value of the setting {@code store} that chooses this kind. */
    String name();

    /** The settings that this kind of store has beside the common ones. */
    default Collection<Setting<?>> settings() {
        return List.of();
    }

    /**
     * Opens the store.
     *
     * @throws dev.scopegate.config.ConfigurationException when it cannot be opened, in a sentence that names the setting
     */
    TokenStore create(Configuration configuration, Clock clock);
}
