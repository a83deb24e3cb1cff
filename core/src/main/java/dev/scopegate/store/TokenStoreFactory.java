package dev.scopegate.store;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * Opens the store beside others.
     *
     * @param denylist where an earlier store of the chain keeps the JWTs that are revoked; null: none does
     * @throws dev.scopegate.config.ConfigurationException when it cannot be opened, in a sentence that names the setting
     */
    default TokenStore create(Configuration configuration, Clock clock, @Nullable Denylist denylist) {
        return create(configuration, clock);
    }

    /**
     * Opens the store.
     *
     * @throws dev.scopegate.config.ConfigurationException when it cannot be opened, in a sentence that names the setting
     */
    TokenStore create(Configuration configuration, Clock clock);
}
