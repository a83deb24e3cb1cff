package dev.scopegate.store.redis;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.export.ExportAccount;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The names of keys and channels. All begin with the prefix in braces, which makes it the hash tag of each: a cluster keeps
 * them on one node, where a script can change them together.
 *
 * @param root what each begins with
 */
record Keys(String root) {
    private static final Pattern PREFIX = Pattern.compile("[0-9A-Za-z._:-]{1,64}");

    static Keys of(Configuration configuration) {
        String prefix = configuration.get(RedisTokenStoreFactory.KEY_PREFIX);
        if (PREFIX.matcher(prefix).matches()) return new Keys("{" + prefix + "}:");
        throw new ConfigurationException("redis-key-prefix: has to be 1 to 64 letters, digits, '-', '_', '.' and ':'");
    }

    String token(String id) {
        return root + "token:" + id;
    }

    String denied(String jti) {
        return root + "denied:" + jti;
    }

    /** The sums of an account in one window. */
    String exported(ExportAccount account, Instant windowStart) {
        return root + "exported:" + windowStart.getEpochSecond() + ":" + account.key();
    }

    /** The accounts that something was spent from. */
    String spent() {
        return root + "spent";
    }

    /** Those of one owner; of everyone where that is empty. */
    String spentBy(String owner) {
        return root + "spent:" + owner;
    }

    String policies() {
        return root + "policies";
    }

    /** The list of events. */
    String audit() {
        return root + "audit";
    }

    /** The hash of the keys that tokens are signed with. */
    String keyRing() {
        return root + "key-ring";
    }

    String grant(String refreshId) {
        return root + "grant:" + refreshId;
    }

    /** The channel of changes. */
    String changes() {
        return root + "changes";
    }

    /** The channel on which one listener hears itself. */
    String beat(String listener) {
        return root + "beat:" + listener;
    }
}
