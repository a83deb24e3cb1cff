package dev.scopegate.store.redis;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import dev.scopegate.store.TokenStore;
import dev.scopegate.store.TokenStoreFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Makes the store of {@code store=redis}. */
public final class RedisTokenStoreFactory implements TokenStoreFactory {
    /** Where Redis is. */
    public static final Setting<String> URL = Setting.text(
            "redis-url",
            null,
            "The server, `redis://host:6379/0`, or with TLS `rediss://…`; `redis-sentinel://host:26379,host:26379/0#master`;"
                    + " or several nodes of a cluster, `redis://host:6379,host:6379`. Required by `store=redis`.");

    /** Whether a URL with a single node is a cluster's. */
    public static final Setting<Boolean> CLUSTER = Setting.bool(
            "redis-cluster",
            false,
            "Whether a `redis-url` that names one node means the cluster which that belongs to.");

    /** Who connects. */
    public static final Setting<String> USER =
            Setting.text("redis-user", "", "The ACL user; empty: the one of the URL, or `default`.");

    /** The user's password. */
    public static final Setting<String> PASSWORD = Setting.text(
            "redis-password", "", "The user's password; give it as `${file:…}` or `${env:…}` rather than in the URL.");

    /** Who asks the sentinels. */
    public static final Setting<String> SENTINEL_USER = Setting.text(
            "redis-sentinel-user",
            "",
            "The ACL user for the sentinels, which do not know the servers'; empty: `default`.");

    /** The password of who asks the sentinels. */
    public static final Setting<String> SENTINEL_PASSWORD = Setting.text(
            "redis-sentinel-password",
            "",
            "The password that the sentinels want, as `${file:…}` or `${env:…}`; empty: they want none.");

    /** Whose certificates are trusted. */
    public static final Setting<Path> CA_FILE = Setting.path(
            "redis-ca-file",
            "The PEM certificates that the server's must descend from, with TLS; none: those that Java trusts.");

    /** How long anything waits for Redis. */
    public static final Setting<Duration> TIMEOUT = Setting.duration(
            "redis-timeout", "2s", "100ms", "1m", "How long a request waits for Redis before it is told 503.");

    /** What keys begin with. */
    public static final Setting<String> KEY_PREFIX = Setting.text(
            "redis-key-prefix",
            "scopegate",
            "What all keys and channels begin with, in braces: 1 to 64 letters, digits, `-`, `_`, `.` and `:`.");

    /** How many replicas must have a change. */
    public static final Setting<Integer> WAIT_REPLICAS = Setting.number(
            "redis-wait-replicas",
            0,
            0,
            10,
            "How many replicas must have taken a change before it counts as made; 0: the master alone decides.");

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Collection<Setting<?>> settings() {
        return List.of(
                URL,
                CLUSTER,
                USER,
                PASSWORD,
                SENTINEL_USER,
                SENTINEL_PASSWORD,
                CA_FILE,
                TIMEOUT,
                KEY_PREFIX,
                WAIT_REPLICAS);
    }

    @Override
    public TokenStore create(Configuration configuration, Clock clock) {
        return RedisTokenStore.open(configuration);
    }
}
