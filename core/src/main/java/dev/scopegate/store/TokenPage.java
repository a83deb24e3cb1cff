package dev.scopegate.store;

import dev.scopegate.token.AccessToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. What is added or removed between two pages moves nothing from the one to the other.
 *
 * @param next where the next page begins; null: this is the last
 */
public record TokenPage(List<AccessToken> tokens, @Nullable TokenCursor next) {
    public TokenPage {
        tokens = List.copyOf(tokens);
    }

    /**
     * A page of at most {@code size} tokens.
     *
     * @param found as many as there are from the page's beginning on, one more than the page takes at most
     */
    public static TokenPage of(TokenQuery query, List<AccessToken> found, int size) {
        if (found.size() <= size) return new TokenPage(found, null);
        return new TokenPage(found.subList(0, size), TokenCursor.after(query, found.get(size - 1)));
    }
}
