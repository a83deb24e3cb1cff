package dev.scopegate.store;

import java.time.Duration;

/**
 * How well a store can answer now.
 *
 * @param available whether look-ups are answered
 * @param changeLag how long ago changes made elsewhere were last certain to be heard; zero while they are heard, or where
 *     there is no feed of changes to lose
 * @param detail a few words for an operator; never input, never a credential
 */
public record StoreHealth(boolean available, Duration changeLag, String detail) {
    /** All is well. */
    public static final StoreHealth UP = new StoreHealth(true, Duration.ZERO, "up");

    /** Look-ups fail, in a store that has no feed of changes to lose. */
    public static StoreHealth down(String detail) {
        return down(detail, Duration.ZERO);
    }

    /** Look-ups fail, and changes made elsewhere were last heard that long ago. */
    public static StoreHealth down(String detail, Duration changeLag) {
        return new StoreHealth(false, changeLag, detail);
    }

    /** Look-ups are answered, but changes made elsewhere go unheard. */
    public static StoreHealth deaf(Duration since) {
        return new StoreHealth(true, since, "changes made elsewhere are not heard");
    }
}
