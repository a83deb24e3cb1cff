package dev.scopegate.store.jwt;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.TokenStore;
import dev.scopegate.store.TokenStoreFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the store of {@code store=jwt}. */
public final class JwtTokenStoreFactory implements TokenStoreFactory {
    /** The one issuer, unless there are several. */
    public static final Setting<String> ISSUER = Setting.text(
            "jwt-issuer",
            null,
            "The exact `iss` of the tokens that are accepted; required by `store=jwt` unless `jwt-issuers` names them.");

    /** Whom its tokens are meant for. */
    public static final Setting<String> AUDIENCE = Setting.text(
            "jwt-audience",
            null,
            "What stands for this service in `aud`; several are separated by blanks, one is enough.");

    /** Its keys in a file. */
    public static final Setting<Path> JWKS_FILE = Setting.path(
            "jwt-jwks-file", "The issuer's public keys, a JWKS file; a changed one is read again by itself.");

    /** Its keys behind a URL. */
    public static final Setting<String> JWKS_URI = Setting.text(
            "jwt-jwks-uri", null, "The URL of the issuer's public keys instead; https, or http to this host alone.");

    /** Its shared secret. */
    public static final Setting<String> HMAC_KEY = Setting.text(
            "jwt-hmac-key",
            null,
            "The key of HS256 instead, at least 32 bytes, given as `${file:…}` or `${env:…}`; needs"
                    + " `jwt-algorithms=HS256`.");

    /** How its tokens may be signed. */
    public static final Setting<String> ALGORITHMS = Setting.text(
            "jwt-algorithms",
            "ES256 EdDSA RS256 PS256",
            "How tokens may be signed, separated by blanks; `HS256` only by itself and with `jwt-hmac-key`.");

    /** Which scopes count. */
    public static final Setting<String> SCOPES = Setting.text(
            "jwt-scopes",
            null,
            "The scopes that count in a token, separated by blanks; `data.*` is all below `data.`. Not set: all, but of"
                    + " another issuer's neither `admin` nor `tokens.*`.");

    /** Whether the issuer is this service. */
    public static final Setting<Boolean> OWN = Setting.bool(
            "jwt-own",
            false,
            "Whether the issuer is this service itself: its tokens' owner is `sub` alone and their id `jti`.");

    /** Several issuers. */
    public static final Setting<Path> ISSUERS = Setting.path(
            "jwt-issuers",
            "A JSON file of issuers, each with the fields of the settings above; beside or instead of them.");

    /** How far clocks may differ. */
    public static final Setting<Duration> CLOCK_SKEW = Setting.duration(
            "jwt-clock-skew", "30s", "0", "5m", "How much the clock of an issuer may differ from ours.");

    /** How long keys from a URL are used. */
    public static final Setting<Duration> JWKS_REFRESH = Setting.duration(
            "jwt-jwks-refresh",
            "10m",
            "1m",
            "1d",
            "How long keys from a URL are used before they are asked for again; a shorter `max-age` counts, down to 1m.");

    /** How long keys outlive their server. */
    public static final Setting<Duration> JWKS_STALE = Setting.duration(
            "jwt-jwks-stale",
            "1h",
            "0",
            "7d",
            "How much longer keys from a URL are used while it does not answer; then tokens that are not cached are 503.");

    /** How long is waited for keys. */
    public static final Setting<Duration> JWKS_TIMEOUT = Setting.duration(
            "jwt-jwks-timeout", "2s", "100ms", "1m", "How long a URL's answer is waited for, to its last byte.");

    @Override
    public String name() {
        return "jwt";
    }

    @Override
    public Collection<Setting<?>> settings() {
        return List.of(
                ISSUER,
                AUDIENCE,
                JWKS_FILE,
                JWKS_URI,
                HMAC_KEY,
                ALGORITHMS,
                SCOPES,
                OWN,
                ISSUERS,
                CLOCK_SKEW,
                JWKS_REFRESH,
                JWKS_STALE,
                JWKS_TIMEOUT);
    }

    @Override
    public TokenStore create(Configuration configuration, Clock clock) {
        return create(configuration, clock, null);
    }

    @Override
    public TokenStore create(Configuration configuration, Clock clock, @Nullable Denylist denylist) {
        return JwtTokenStore.open(configuration, clock, denylist);
    }
}
