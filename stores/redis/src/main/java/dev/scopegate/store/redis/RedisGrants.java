package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.TokenCursor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A hash for each refresh token's grant, and a set for each family. No cache holds any of it, so no change is told. */
record RedisGrants(
        Line line,
        Writes writes,
        Script<Long> adding,
        Script<Long> redeeming,
        Script<List<Object>> reading,
        Script<Long> removing)
        implements GrantRepository {
    static RedisGrants of(Line line, Writes writes) {
        return new RedisGrants(
                line,
                writes,
                Script.ofNumber("grant-add"),
                Script.ofNumber("grant-redeem"),
                Script.ofList("grant-family"),
                Script.ofNumber("grant-remove"));
    }

    @Override
    public void add(Grant grant, Instant now) throws Unavailable {
        List<String> arguments =
                List.of(micros(now), micros(grant.expiresAt()), grant.refreshId(), grant.accessId(), grant.family());
        long unused = writes.quietly(adding, arguments);
    }

    @Override
    public @Nullable Grant get(String refreshId) throws Unavailable {
        Map<String, String> fields =
                line.run(commands -> commands.hgetall(writes.keys().grant(refreshId)));
        return fields.isEmpty() ? null : grant(fields);
    }

    @Override
    public boolean redeem(String refreshId, Instant at, String sealed, Instant forgetBefore) throws Unavailable {
        return writes.quietly(redeeming, List.of(refreshId, micros(at), sealed, micros(forgetBefore))) == 1;
    }

    @Override
    public List<Grant> family(String family) throws Unavailable {
        List<Grant> found = new ArrayList<>();
        for (Object one : reading.run(line, writes.keys(), List.of(family))) {
            List<?> flat = (List<?>) one;
            Map<String, String> fields = new HashMap<>();
            for (int i = 0; i < flat.size(); i += 2) fields.put((String) flat.get(i), (String) flat.get(i + 1));
            found.add(grant(fields));
        }
        return found;
    }

    @Override
    public void remove(String refreshId) throws Unavailable {
        long unused = writes.quietly(removing, List.of(refreshId));
    }

    private static Grant grant(Map<String, String> fields) throws Unavailable {
        try {
            Grant grant = Grant.of(
                    text(fields, "refresh_id"),
                    text(fields, "access_id"),
                    text(fields, "family"),
                    instant(text(fields, "expires_at")));
            String redeemed = fields.get("redeemed_at");
            if (redeemed == null) return grant;
            String sealed = fields.get("sealed_answer");
            Grant exchanged = grant.redeemed(instant(redeemed), sealed == null ? "" : sealed);
            return sealed == null ? exchanged.withoutAnswer() : exchanged;
        } catch (IllegalArgumentException e) {
            throw new Unavailable("Redis holds an ill-formed grant", e);
        }
    }

    private static String text(Map<String, String> fields, String name) {
        String text = fields.get(name);
        if (text == null) throw new IllegalArgumentException(name + " is missing");
        return text;
    }

    private static String micros(Instant instant) {
        return String.valueOf(TokenCursor.micros(instant));
    }

    private static Instant instant(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }
}
