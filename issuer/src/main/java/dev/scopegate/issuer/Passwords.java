package dev.scopegate.issuer;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Hashes passwords by bcrypt (cost 12) and compares them. Immutable and safe for any number of threads. */
public final class Passwords {
    /** The most bytes of UTF-8 that bcrypt reads of a password. */
    public static final int MOST_BYTES = 72;

    private static final int COST = 12;

    /** Of random bytes that were thrown away: what a password is compared with when there is nobody. */
    private static final String NOBODYS = "$2a$12$Re7kPX2HhRZKfgklIiQoguJQcCGMMu37ARCwZ0kPgvkbH7by77o9e";

    private final BiPredicate<byte[], byte[]> verifier;

    public Passwords() {
        this((password, hash) -> BCrypt.verifyer().verify(password, hash).verified);
    }

    /** Compares by another's work, such as one that counts. */
    Passwords(BiPredicate<byte[], byte[]> verifier) {
        this.verifier = verifier;
    }

    /** Whether it can be a password: not empty, at most {@link #MOST_BYTES} bytes of UTF-8. */
    public static boolean isTakable(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return bytes.length > 0 && bytes.length <= MOST_BYTES;
    }

    /** What is kept of a password that {@link #isTakable}. */
    public String hash(String password) {
        if (!isTakable(password)) throw new IllegalArgumentException("a password has 1 to 72 bytes");
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return new String(BCrypt.withDefaults().hash(COST, bytes), StandardCharsets.US_ASCII);
    }

    /**
     * Whether a password is the one that was hashed; takes as long when there is nothing to compare it with.
     *
     * @param hash null: nobody's
     */
    public boolean matches(String password, @Nullable String hash) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        boolean takable = isTakable(password);
        byte[] compared = bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
        byte[] kept = (hash == null ? NOBODYS : hash).getBytes(StandardCharsets.US_ASCII);
        boolean same = verifier.test(compared, kept);
        return same && takable && hash != null;
    }
}
