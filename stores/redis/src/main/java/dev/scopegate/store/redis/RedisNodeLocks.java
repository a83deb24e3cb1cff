package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.NodeLocks;
import java.time.Duration;
import java.util.List;

/** A key for each lock, which Redis removes when its time is over. */
record RedisNodeLocks(Writes writes, Script<Long> take, Script<Long> giveBack) implements NodeLocks {
    static RedisNodeLocks of(Writes writes) {
        return new RedisNodeLocks(writes, Script.ofNumber("lock"), Script.ofNumber("unlock"));
    }

    @Override
    public boolean take(String name, String holder, Duration time) throws Unavailable {
        return writes.quietly(take, List.of(name, holder, String.valueOf(time.toMillis()))) == 1;
    }

    @Override
    public void giveBack(String name, String holder) throws Unavailable {
        var unused = writes.quietly(giveBack, List.of(name, holder));
    }
}
