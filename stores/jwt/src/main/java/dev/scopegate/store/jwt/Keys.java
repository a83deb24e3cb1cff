package dev.scopegate.store.jwt;

import dev.scopegate.problem.Unavailable;
import org.jspecify.annotations.Nullable;

/** Where an issuer's keys come from. Safe for any number of threads. */
interface Keys {
    /**
     * The keys as they are known now.
     *
     * @throws Unavailable when there are none that may be used
     */
    KeySet current() throws Unavailable;

    /**
     * The keys again, because those did not know a token's: newer ones if there can be any, or else the same object.
     *
     * @throws Unavailable when it cannot be told whether there are newer ones
     */
    default KeySet newerThan(KeySet seen) throws Unavailable {
        return seen;
    }

    /** What an operator should know; null: all is well. */
    default @Nullable String trouble() {
        return null;
    }

    /** Whether tokens can be verified now. */
    default boolean usable() {
        return true;
    }

    /** Ends what is under way. */
    default void close() {}
}
