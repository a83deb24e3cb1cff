package dev.scopegate.it.stores;

import java.nio.file.Path;

final class FourNodesOnRedisIT extends FourNodesContract {
    @Override
    Backend backend(Path scratch) throws Exception {
        return new RedisBackend(scratch);
    }
}
