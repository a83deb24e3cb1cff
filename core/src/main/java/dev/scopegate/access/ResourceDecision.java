package dev.scopegate.access;

/** What a {@link ResourceGuard} decided. */
public sealed interface ResourceDecision {
    /** The resource may be used; {@code canonicalName} is the one name that export policies know it by. */
    record Ok(String canonicalName) implements ResourceDecision {}

    /** The caller must not learn that it exists: 404. */
    record Hidden() implements ResourceDecision {}

    /** The caller sees it, but this use needs the scope: 403 {@code insufficient_scope}. */
    record TooSmall(String neededScope) implements ResourceDecision {}

    /** The scope would do, but the owner has no access: 403 {@code permission_denied}. */
    record Denied() implements ResourceDecision {}

    static ResourceDecision ok(String canonicalName) {
        return new Ok(canonicalName);
    }

    static ResourceDecision hidden() {
        return new Hidden();
    }

    static ResourceDecision tooSmall(String neededScope) {
        return new TooSmall(neededScope);
    }

    static ResourceDecision denied() {
        return new Denied();
    }
}
