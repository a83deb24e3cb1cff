package dev.scopegate.store;

import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens a list shows: those that fit everything given here. The newest come first, or, where names are searched, in
 * the order of their names. Immutable.
 *
 * @param owner whose; null: everybody's
 * @param kind of which kind; null: any
 * @param status as it is at the moment of the question; null: any
 * @param namePrefix what names begin with, in any case; empty: anything
 * @param parent what they were minted from; null: anything or nothing
 * @param expiresBefore those that expire before; null: also those that never do
 */
public record TokenQuery(
        @Nullable String owner,
        @Nullable TokenKind kind,
        @Nullable TokenStatus status,
        String namePrefix,
        @Nullable String parent,
        @Nullable Instant expiresBefore) {
    /** As many code points of a name as are searched and sorted by; no name that an issuer takes is longer. */
    private static final int FOLDED_LENGTH = 100;

    /** The one letter whose lower case goes by what stands around it. */
    private static final char FINAL_SIGMA = 'ς';

    /** Every token. */
    public static TokenQuery all() {
        return new TokenQuery(null, null, null, "", null, null);
    }

    /** One owner's tokens. */
    public static TokenQuery of(String owner) {
        return new TokenQuery(owner, null, null, "", null, null);
    }

    public TokenQuery kind(@Nullable TokenKind value) {
        return new TokenQuery(owner, value, status, namePrefix, parent, expiresBefore);
    }

    public TokenQuery status(@Nullable TokenStatus value) {
        return new TokenQuery(owner, kind, value, namePrefix, parent, expiresBefore);
    }

    public TokenQuery namePrefix(String value) {
        return new TokenQuery(owner, kind, status, value, parent, expiresBefore);
    }

    public TokenQuery parent(@Nullable String value) {
        return new TokenQuery(owner, kind, status, namePrefix, value, expiresBefore);
    }

    public TokenQuery expiresBefore(@Nullable Instant value) {
        return new TokenQuery(owner, kind, status, namePrefix, parent, value);
    }

    /** Whether the order is that of the names. */
    public boolean isByName() {
        return !namePrefix.isEmpty();
    }

    /** The order of the list: names, or the newest first; ids decide among equals, so that no two tokens are. */
    public Comparator<AccessToken> order() {
        return isByName()
                ? Comparator.comparing((AccessToken token) -> fold(token.name()))
                        .thenComparing(AccessToken::id)
                : Comparator.comparing(AccessToken::createdAt)
                        .thenComparing(AccessToken::id)
                        .reversed();
    }

    int compareIds(String one, String other) {
        return isByName() ? one.compareTo(other) : other.compareTo(one);
    }

    /**
     * A name as it is searched and sorted by: without regard to case, the first hundred code points. What a prefix becomes is a
     * prefix of what the whole becomes: a sigma at the end of a word is folded like any other.
     */
    public static String fold(String name) {
        String folded = name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace(FINAL_SIGMA, 'σ');
        return folded.codePointCount(0, folded.length()) <= FOLDED_LENGTH
                ? folded
                : folded.substring(0, folded.offsetByCodePoints(0, FOLDED_LENGTH));
    }

    /** Whether a token fits. */
    public boolean matches(AccessToken token, Instant now) {
        Instant expires = token.expiresAt();
        return (owner == null || owner.equals(token.owner()))
                && (kind == null || kind == token.kind())
                && (status == null || status == token.statusAt(now.toEpochMilli()))
                && (parent == null || parent.equals(token.parent()))
                && (expiresBefore == null || (expires != null && expires.isBefore(expiresBefore)))
                && fold(token.name()).startsWith(fold(namePrefix));
    }
}
