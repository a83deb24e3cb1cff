package dev.scopegate.example;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.config.Setting;
import dev.scopegate.store.TokenStore;
import dev.scopegate.store.TokenStoreFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Properties;

/** Makes the store of {@code store=hash-file}. */
public final class HashFileTokenStoreFactory implements TokenStoreFactory {
    static final Setting<Path> FILE = Setting.path("hash-file", "The properties file; required by `store=hash-file`.");

    @Override
    public String name() {
        return "hash-file";
    }

    @Override
    public Collection<Setting<?>> settings() {
        return List.of(FILE);
    }

    @Override
    public TokenStore create(Configuration configuration, Clock clock) {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(configuration.get(FILE))) {
            file.load(reader);
        } catch (IOException e) {
            throw new ConfigurationException("hash-file cannot be read", e);
        }
        return new HashFileTokenStore(file);
    }
}
