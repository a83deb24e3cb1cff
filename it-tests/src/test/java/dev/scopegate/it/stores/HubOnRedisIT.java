package dev.scopegate.it.stores;

import java.nio.file.Path;

final class HubOnRedisIT extends HubStoreContract {
    @Override
    Backend backend(Path scratch) throws Exception {
        return new RedisBackend(scratch);
    }
}
