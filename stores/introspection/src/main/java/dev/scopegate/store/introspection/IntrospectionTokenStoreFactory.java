package dev.scopegate.store.introspection;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import dev.scopegate.store.TokenStore;
import dev.scopegate.store.TokenStoreFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Makes the store of {@code store=introspection}. */
public final class IntrospectionTokenStoreFactory implements TokenStoreFactory {
    /** Where the server is asked. */
    public static final Setting<String> URL = Setting.text(
            "introspection-url",
            null,
            "The introspection endpoint, `https://…`; `http://` is taken for this machine alone. Required by"
                    + " `store=introspection`.");

    /** Whose tokens it knows. */
    public static final Setting<String> ISSUER = Setting.text(
            "introspection-issuer",
            null,
            "The server's issuer identifier: the beginning of each owner and id. An answer that names another issuer is"
                    + " refused. Required by `store=introspection`.");

    /** How this service proves who it is. */
    public static final Setting<ClientAuthentication> CLIENT_AUTH = Setting.choice(
            "introspection-client-auth",
            ClientAuthentication.CLIENT_SECRET_BASIC,
            "How this service proves to the server who it is.");

    /** Who this service is there. */
    public static final Setting<String> CLIENT_ID = Setting.text(
            "introspection-client-id", null, "The client id of this service; required unless it uses `bearer`.");

    /** What proves it. */
    public static final Setting<String> CLIENT_SECRET = Setting.text(
            "introspection-client-secret",
            null,
            "The client's secret, or with `bearer` the token; give it as `${file:…}` or `${env:…}`. Required.");

    /** For whom tokens must be meant. */
    public static final Setting<String> AUDIENCE = Setting.text(
            "introspection-audience",
            null,
            "What `aud` must be or contain; `aud` is not looked at unless this is set.");

    /** Which scopes pass. */
    public static final Setting<String> SCOPES = Setting.text(
            "introspection-scopes",
            null,
            "The scopes that the server's tokens may bring, separated by spaces; `data.*` stands for all that begin"
                    + " with `data.`. Unless set: all but `admin` and `tokens.*`. `admin` never passes.");

    /** Which tokens are asked about. */
    public static final Setting<String> TOKEN_PREFIX = Setting.text(
            "introspection-token-prefix",
            "",
            "What the server's tokens begin with. Unless set, every token that no earlier store claims is sent to the"
                    + " server, except those with a prefix of ours.");

    /** How long a look-up may take. */
    public static final Setting<Duration> TIMEOUT = Setting.duration(
            "introspection-timeout",
            "2s",
            "100ms",
            "1m",
            "How long a request waits for the server's whole answer before it is told 503.");

    /** How many look-ups may be under way. */
    public static final Setting<Integer> CONCURRENCY = Setting.number(
            "introspection-concurrency",
            16,
            1,
            500,
            "How many look-ups a node has under way at once; others wait for their turn within the time-out.");

    /** How long a server that fails is left alone. */
    public static final Setting<Duration> RETRY = Setting.duration(
            "introspection-retry",
            "1s",
            "50ms",
            "5m",
            "How long a server that keeps failing is left alone before it is tried again; until then requests are told"
                    + " 503 at once.");

    /** Which certificates are trusted. */
    public static final Setting<Path> TRUST = Setting.path(
            "introspection-trust",
            "A PEM file of the certificates that are trusted for the server instead of the Java platform's.");

    @Override
    public String name() {
        return "introspection";
    }

    @Override
    public Collection<Setting<?>> settings() {
        return List.of(
                URL,
                ISSUER,
                CLIENT_AUTH,
                CLIENT_ID,
                CLIENT_SECRET,
                AUDIENCE,
                SCOPES,
                TOKEN_PREFIX,
                TIMEOUT,
                CONCURRENCY,
                RETRY,
                TRUST);
    }

    @Override
    public TokenStore create(Configuration configuration, Clock clock) {
        return IntrospectionTokenStore.open(configuration, clock);
    }
}
