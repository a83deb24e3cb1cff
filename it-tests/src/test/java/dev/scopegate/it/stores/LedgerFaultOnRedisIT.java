package dev.scopegate.it.stores;

import java.nio.file.Path;

final class LedgerFaultOnRedisIT extends LedgerFaultContract {
    @Override
    Backend backend(Path scratch) throws Exception {
        return new RedisBackend(scratch);
    }

    @Override
    String timeout() {
        return "redis-timeout";
    }
}
