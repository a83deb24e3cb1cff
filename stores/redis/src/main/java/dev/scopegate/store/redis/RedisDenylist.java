package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.TokenChange;
import java.time.Instant;
import java.util.List;

/** A key for each JWT that may not be used any more, which Redis removes when the token has expired by itself. */
record RedisDenylist(Line line, Writes writes, Script<Long> deny) implements Denylist {
    /** The end of the year 9999: Redis refuses moments that are out of all reason. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    static RedisDenylist of(Line line, Writes writes) {
        return new RedisDenylist(line, writes, Script.ofNumber("deny"));
    }

    @Override
    public void deny(String jti, Instant until) throws Unavailable {
        Instant end = until.isAfter(LATEST) ? LATEST : until;
        // a millisecond more: the rest of the last one is cut off
        List<String> arguments =
                List.of(jti, String.valueOf(end.plus(LONGEST_SKEW).toEpochMilli() + 1));
        writes.change(new TokenChange.OfJti(jti), deny, arguments, told -> true);
    }

    @Override
    public boolean denies(String jti) throws Unavailable {
        return line.run(commands -> commands.exists(writes.keys().denied(jti))) == 1;
    }
}
