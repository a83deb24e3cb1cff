package dev.scopegate.store;

import dev.scopegate.problem.Unavailable;

/**
 * Where the nodes of a service keep the keys that they sign with: one text, replaced whole by whoever has seen what it
 * replaces. What the text says is the issuer's, which seals it where others can read the place. Safe for any number of
 * threads.
 */
public interface KeyRing {
    /**
     * What is kept at one time.
     *
     * @param version 0 before anything was kept, another number after each replacement
     * @param text empty before anything was kept
     */
    record Kept(long version, String text) {
        /** What is there before the first replacement. */
        public static final Kept NOTHING = new Kept(0, "");

        /** Never the text. */
        @Override
        public String toString() {
            return "Kept[version " + version + "]";
        }
    }

    /** What is kept now, on whichever node it was put there. */
    Kept read() throws Unavailable;

    /**
     * Puts a text in the place of what was read. Of any number of callers who have read the same, on any node, one succeeds.
     *
     * @return false when something else is kept by now
     */
    boolean replace(Kept expected, String text) throws Unavailable;
}
