package dev.scopegate.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings that every application has, whatever its store. {@link #ALL} is the table of the documentation. */
public final class Settings {
    /** What happens to a method or servlet that declares no access. */
    public enum DefaultAccess {
        AUTHENTICATED,
        DENY,
        PERMIT
    }

    /** What happens to a resource marked as export-limited that has no policy. */
    public enum ExportWithoutPolicy {
        REFUSE,
        ALLOW
    }

    /** The header in which trusted proxies tell the client's address. */
    public enum AddressHeader {
        NONE,
        FORWARDED,
        X_FORWARDED_FOR
    }

    /** Where exports are summed up. */
    public enum ExportsIn {
        NONE,
        MEMORY,
        TOKEN_STORE
    }

    /** Where events are kept. */
    public enum AuditIn {
        NONE,
        MEMORY,
        TOKEN_STORE
    }

    public static final Setting<String> STORE = Setting.text(
            "store",
            "json-file",
            "Which kind of store knows the tokens; several are separated by commas, and the first that claims a token"
                    + " by its shape decides. Each kind brings settings of its own.");
    public static final Setting<String> SCOPE_CATALOG = Setting.text(
            "scope-catalog",
            null,
            "The JSON file that declares the scopes; `classpath:name` reads a resource of the application. Required"
                    + " unless the runtime is set in code.");
    public static final Setting<String> REALM =
            Setting.text("realm", "scopegate", "The `realm` of the `WWW-Authenticate` challenge.");
    public static final Setting<String> RESOURCE_METADATA = Setting.text(
            "resource-metadata", null, "The URL of the protected resource's metadata (RFC 9728) for the challenge.");
    public static final Setting<DefaultAccess> DEFAULT_ACCESS = Setting.choice(
            "default-access",
            DefaultAccess.AUTHENTICATED,
            "What a method or servlet gets that declares nothing and that no rule covers: any valid token, nobody, or"
                    + " everybody.");
    public static final Setting<String> SCOPE_RULES = Setting.text(
            "scope-rules",
            "",
            "Access by path for what cannot be annotated, one rule a line; the first that matches holds.");
    public static final Setting<Boolean> PERMIT_PREFLIGHT =
            Setting.bool("permit-preflight", true, "Whether a CORS preflight passes without a token.");
    public static final Setting<Boolean> MAP_EXCEPTIONS = Setting.bool(
            "map-exceptions", true, "Whether the JAX-RS feature answers the application's exceptions in the envelope.");
    public static final Setting<String> TRUSTED_PROXIES = Setting.text(
            "trusted-proxies",
            "",
            "The addresses and CIDR networks of the proxies before the application, separated by commas; what they say in"
                    + " `client-address-header` is believed, what anybody else says is not.");
    public static final Setting<AddressHeader> CLIENT_ADDRESS_HEADER = Setting.choice(
            "client-address-header",
            AddressHeader.NONE,
            "The one header in which trusted proxies tell the client's address; they must write it themselves, as the other"
                    + " passes them as the client sent it.");
    public static final Setting<ExportsIn> EXPORT_LEDGER = Setting.choice(
            "export-ledger",
            ExportsIn.NONE,
            "Where exports are summed up: nowhere, so that `@ExportLimited` stops the start unless `export-without-policy` is"
                    + " `allow`; in this process, which is exact on one node until it ends; or in the token store's database,"
                    + " which is exact on all nodes.");
    public static final Setting<Path> EXPORT_POLICIES = Setting.path(
            "export-policies",
            "The JSON file that keeps the export policies; unless it is set they are where the ledger is. It can be changed"
                    + " while the application runs.");
    public static final Setting<Integer> EXPORT_HOLD = Setting.number(
            "export-hold",
            65_536,
            0,
            16_777_216,
            "How many bytes of a limited answer are held back, so that one that breaks a limit within them is refused"
                    + " instead of cut off.");
    public static final Setting<Integer> EXPORT_LEASE_BYTES = Setting.number(
            "export-lease-bytes",
            1_048_576,
            1,
            1_073_741_824,
            "How many bytes a node takes out of the ledger at once; less near the limit. What a node that dies had out stays"
                    + " spent until the limit's window ends.");
    public static final Setting<Integer> EXPORT_LEASE_RECORDS =
            Setting.number("export-lease-records", 1_000, 1, 100_000_000, "The same of records.");
    public static final Setting<Duration> EXPORT_WAIT = Setting.duration(
            "export-wait",
            "2s",
            "0",
            "1m",
            "How long an answer waits for what others have taken out of the ledger and may give back, before it is refused.");
    public static final Setting<ExportWithoutPolicy> EXPORT_WITHOUT_POLICY = Setting.choice(
            "export-without-policy",
            ExportWithoutPolicy.REFUSE,
            "Whether `@ExportLimited` on a resource without a policy stops it, or lets everything out.");
    public static final Setting<Duration> CACHE_TTL = Setting.duration(
            "cache-ttl",
            "60s",
            "0",
            "1d",
            "How long a token is served from the cache before the store is asked again; the longest time that a"
                    + " revocation elsewhere can go unseen without a change feed.");
    public static final Setting<Integer> CACHE_WEIGHT = Setting.number(
            "cache-weight",
            200_000,
            0,
            100_000_000,
            "How much the cache may hold: a token weighs 1, and 1 more for every 8 scopes, resources and networks.");
    public static final Setting<Duration> UNKNOWN_TTL = Setting.duration(
            "cache-unknown-ttl", "10s", "0", "1h", "How long the store is not asked again for an unknown token.");
    public static final Setting<Integer> UNKNOWN_SIZE =
            Setting.number("cache-unknown-size", 50_000, 0, 10_000_000, "How many unknown tokens are remembered.");
    public static final Setting<Duration> STALE_IF_UNAVAILABLE = Setting.duration(
            "stale-if-unavailable",
            "0",
            "0",
            "1d",
            "How much longer than its time a cached token is served while the store does not answer.");
    public static final Setting<Duration> LOOK_UP_TIMEOUT = Setting.duration(
            "look-up-timeout",
            "5s",
            "1ms",
            "5m",
            "How long a request waits for another one's look-up of the same token before it is told 503.");
    public static final Setting<Duration> LAST_USED_INTERVAL = Setting.duration(
            "last-used-interval",
            "1m",
            "0",
            "1d",
            "How seldom a node writes when and from where a token was last used; 0: never.");
    public static final Setting<AuditIn> AUDIT_LOG = Setting.choice(
            "audit-log",
            AuditIn.NONE,
            "Where events are kept: nowhere; the last 10,000 in this process, until it ends; or in the token store's database,"
                    + " those of all nodes.");
    public static final Setting<Duration> AUDIT_KEEP = Setting.duration(
            "audit-keep",
            "400d",
            "0",
            "36500d",
            "How long events are kept in the token store's database; 0: for ever.");
    public static final Setting<Duration> WARN_BEFORE_EXPIRY = Setting.duration(
            "warn-before-expiry",
            "7d",
            "0",
            "90d",
            "How long before its expiry a personal token or API key is told of by an event, and by a header of the answers to"
                    + " its requests; 0: never.");
    public static final Setting<Duration> KEEP_DEAD_TOKENS = Setting.duration(
            "keep-dead-tokens",
            "90d",
            "0",
            "36500d",
            "How long tokens stay listed after they have expired or been revoked, before they are removed; 0: for ever.");
    public static final Setting<Duration> UPKEEP_INTERVAL = Setting.duration(
            "upkeep-interval",
            "1h",
            "0",
            "7d",
            "How often one of the nodes removes what is kept no longer and tells which tokens expire soon; 0: never.");
    public static final Setting<String> EXECUTOR = Setting.text(
            "executor",
            null,
            "The JNDI name of a container's `ManagedScheduledExecutorService`, such as"
                    + " `java:comp/DefaultManagedScheduledExecutorService`, on whose threads tokens are read again, last"
                    + " uses written and old tokens removed; unless it is set, threads of the application's own do that, which end with it."
                    + " Calls of a database have threads of their own in any case, one for each connection at most.");
    public static final Setting<String> PREFIX_PERSONAL = prefix("personal", "sgp", "personal access tokens");
    public static final Setting<String> PREFIX_ACCESS = prefix("access", "sga", "minted access tokens");
    public static final Setting<String> PREFIX_REFRESH = prefix("refresh", "sgr", "refresh tokens");
    public static final Setting<String> PREFIX_API_KEY_SECRET = prefix("api-key-secret", "sgs", "API-key secrets");
    public static final Setting<String> SECRET_KEY = Setting.text(
            "secret-key",
            null,
            "At least 32 bytes, given as `${file:…}` or `${env:…}`: new secrets are kept as HMAC-SHA-256 under it"
                    + " instead of as SHA-256.");

    /** Every setting above, in the order of the documentation. */
    public static final List<Setting<?>> ALL = List.of(
            STORE,
            SCOPE_CATALOG,
            REALM,
            RESOURCE_METADATA,
            DEFAULT_ACCESS,
            SCOPE_RULES,
            PERMIT_PREFLIGHT,
            MAP_EXCEPTIONS,
            TRUSTED_PROXIES,
            CLIENT_ADDRESS_HEADER,
            EXPORT_LEDGER,
            EXPORT_POLICIES,
            EXPORT_HOLD,
            EXPORT_LEASE_BYTES,
            EXPORT_LEASE_RECORDS,
            EXPORT_WAIT,
            EXPORT_WITHOUT_POLICY,
            CACHE_TTL,
            CACHE_WEIGHT,
            UNKNOWN_TTL,
            UNKNOWN_SIZE,
            STALE_IF_UNAVAILABLE,
            LOOK_UP_TIMEOUT,
            LAST_USED_INTERVAL,
            AUDIT_LOG,
            AUDIT_KEEP,
            WARN_BEFORE_EXPIRY,
            KEEP_DEAD_TOKENS,
            UPKEEP_INTERVAL,
            EXECUTOR,
            PREFIX_PERSONAL,
            PREFIX_ACCESS,
            PREFIX_REFRESH,
            PREFIX_API_KEY_SECRET,
            SECRET_KEY);

    private Settings() {}

    private static Setting<String> prefix(String kind, String standard, String what) {
        return Setting.text(
                "prefix-" + kind, standard, "What " + what + " begin with: a letter, then 1 to 15 letters or digits.");
    }
}
