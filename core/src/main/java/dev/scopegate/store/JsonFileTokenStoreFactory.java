package dev.scopegate.store;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Makes the store of {@code store=json-file}. */
public final class JsonFileTokenStoreFactory implements TokenStoreFactory {
    /** The file. */
    public static final Setting<Path> TOKEN_FILE =
            Setting.path("token-file", "The JSON file that keeps the tokens; required by `store=json-file`.");

    /** How often it is looked at. */
    public static final Setting<Duration> TOKEN_FILE_POLL = Setting.duration(
            "token-file-poll", "1s", "0", "1h", "How often the token file is looked at for changes; 0: never.");

    @Override
    public String name() {
        return "json-file";
    }

    @Override
    public Collection<Setting<?>> settings() {
        return List.of(TOKEN_FILE, TOKEN_FILE_POLL);
    }

    @Override
    public TokenStore create(Configuration configuration, Clock clock) {
        return JsonFileTokenStore.open(configuration.get(TOKEN_FILE), configuration.get(TOKEN_FILE_POLL));
    }
}
