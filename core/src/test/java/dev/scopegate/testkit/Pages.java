package dev.scopegate.testkit;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lists that tests read to their end. */
public final class Pages {
    private Pages() {}

    /** Every token of a store, the newest first. */
    public static List<AccessToken> all(TokenRepository store) throws Unavailable {
        return all(store, TokenQuery.all(), 100, TestTokens.NOW);
    }

    /** Every token that fits, read in pages of that size whose cursors have been to a client and back. */
    public static List<AccessToken> all(TokenRepository store, TokenQuery query, int size, Instant now)
            throws Unavailable {
        List<AccessToken> all = new ArrayList<>();
        TokenPage page = store.page(query, null, size, now);
        for (TokenCursor next = page.next(); ; next = page.next()) {
            all.addAll(page.tokens());
            if (next == null) return all;
            page = store.page(query, TokenCursor.parse(query, next.text()), size, now);
        }
    }
}
