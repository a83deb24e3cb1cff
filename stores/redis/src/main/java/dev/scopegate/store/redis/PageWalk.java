package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.AccessToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages by walking along a sorted list of members {@code place NUL id}, in strides: Redis looks at so many tokens and
 * answers with those that may fit, so that others can ask in between. Stateless.
 */
record PageWalk(Line line, Keys keys, Script<List<Object>> script) {
    private static final int STRIDE = 1_000;
    /** After every name with a prefix, in the order of UTF-8. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    static PageWalk of(Line line, Keys keys) {
        return new PageWalk(line, keys, Script.ofList("page"));
    }

    TokenPage read(TokenQuery query, @Nullable TokenCursor after, int size, Instant now) throws Unavailable {
        boolean hasHoles = query.kind() != null
                || query.status() != null
                || query.expiresBefore() != null
                || query.parent() != null;
        List<AccessToken> found = new ArrayList<>();
        String from = after == null ? beginning(query) : "(" + member(query, after);
        while (true) {
            int wanted = size + 1 - found.size();
            List<Object> answer =
                    script.run(line, keys, arguments(query, from, hasHoles ? STRIDE : wanted, wanted, now));
            for (Object fields : answer.subList(1, answer.size())) {
                StoredToken token = TokenFields.read((List<?>) fields);
                if (token != null && query.matches(token.token(), now)) found.add(token.token());
            }
            String stopped = (String) answer.get(0);
            if (found.size() > size || stopped.isEmpty()) return TokenPage.of(query, found, size);
            from = "(" + stopped;
        }
    }

    private static List<String> arguments(TokenQuery query, String from, int look, int wanted, Instant now) {
        return List.of(
                list(query),
                query.isByName() ? "ZRANGEBYLEX" : "ZREVRANGEBYLEX",
                from,
                query.isByName() ? "(" + TokenQuery.fold(query.namePrefix()) + LAST : "-",
                String.valueOf(Math.min(look, STRIDE)),
                String.valueOf(wanted),
                query.kind() == null ? "" : query.kind().wireName(),
                query.status() == null ? "" : query.status().wireName(),
                String.valueOf(now.toEpochMilli()),
                query.expiresBefore() == null ? "" : String.valueOf(TokenCursor.micros(query.expiresBefore())),
                query.parent() == null ? "" : query.parent());
    }

    /** The shortest list that has all that the query asks for, in its order. */
    private static String list(TokenQuery query) {
        if (query.parent() != null && !query.isByName()) return "minted:" + query.parent();
        String list = query.isByName() ? "names" : "newest";
        return query.owner() == null ? list : list + ":" + query.owner();
    }

    private static String beginning(TokenQuery query) {
        return query.isByName() ? "[" + TokenQuery.fold(query.namePrefix()) : "+";
    }

    private static String member(TokenQuery query, TokenCursor after) {
        String place = query.isByName() ? after.key() : TokenFields.place(after.createdMicros());
        return place + "\0" + after.id();
    }
}
