package dev.scopegate.issuer;

import dev.scopegate.problem.Unavailable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The users who sign in with a password. Safe for any number of threads. */
public interface UserDirectory {
    /**
     * One of them, as far as an answer to a sign-in tells.
     *
     * @param name by which the user signs in, and the owner of the user's tokens
     * @param company the organization whose data the user works with; null: none
     * @param since when the password was set: what was given out for an older one is worth nothing
     */
    record Entry(
            String id,
            String name,
            @Nullable String email,
            @Nullable String company,
            @Nullable String fullName,
            boolean verified,
            Instant since) {}

    /**
     * The user with this name and password; null for a wrong password, and after the same work for a name that nobody has:
     * {@link Passwords#matches} does that.
     */
    @Nullable Entry authenticate(String name, String password) throws Unavailable;

    /** The user with this name; null when there is none any more. */
    @Nullable Entry find(String name) throws Unavailable;
}
