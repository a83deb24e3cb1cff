package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.KeyRing;
import java.util.List;
import java.util.Map;

/** A hash of a version and a text. No cache holds any of it, so no change is told. */
record RedisKeyRing(Line line, Writes writes, Script<Long> swap) implements KeyRing {
    static RedisKeyRing of(Line line, Writes writes) {
        return new RedisKeyRing(line, writes, Script.ofNumber("swap-keys"));
    }

    @Override
    public Kept read() throws Unavailable {
        Map<String, String> fields =
                line.run(commands -> commands.hgetall(writes.keys().keyRing()));
        if (fields.isEmpty()) return Kept.NOTHING;
        return new Kept(Long.parseLong(fields.getOrDefault("version", "0")), fields.getOrDefault("text", ""));
    }

    @Override
    public boolean replace(Kept expected, String text) throws Unavailable {
        return writes.quietly(swap, List.of(String.valueOf(expected.version()), text)) == 1;
    }
}
