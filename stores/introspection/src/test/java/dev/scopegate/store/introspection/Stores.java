package dev.scopegate.store.introspection;

import static dev.scopegate.testkit.TestTokens.NOW;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenStore;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores for tests, opened by settings. Stateless. */
final class Stores {
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final TestTokens TOKENS = new TestTokens();

    private Stores() {}

    static Map<String, String> settings(String url) {
        return new HashMap<>(Map.of(
                "introspection-url", url,
                "introspection-issuer", AuthServer.ISSUER,
                "introspection-client-id", AuthServer.CLIENT_ID,
                "introspection-client-secret", AuthServer.SECRET,
                "introspection-timeout", "30s")); // a busy machine may be slower than the default
    }

    static Configuration configuration(Map<String, String> settings) {
        return Configuration.builder(Scopegate.settings()).add("test", settings).build();
    }

    /** A store that asks at {@code url}, with more settings: key, value, key, value. */
    static IntrospectionTokenStore open(String url, String... more) {
        Map<String, String> settings = settings(url);
        for (int i = 0; i < more.length; i += 2) settings.put(more[i], more[i + 1]);
        return IntrospectionTokenStore.open(configuration(settings), CLOCK);
    }

    static BearerToken present(String token) {
        return TOKENS.read(token);
    }

    static @Nullable AccessToken find(TokenStore store, String token) throws Unavailable {
        StoredToken found = store.find(present(token));
        return found == null ? null : found.token();
    }

    /** The outcome in a word: {@code active}, {@code unknown}, or {@code unavailable: …} with the message. */
    static String outcome(TokenStore store, String token) {
        try {
            return find(store, token) == null ? "unknown" : "active";
        } catch (Unavailable e) {
            return "unavailable: " + e.getMessage();
        }
    }

    static int retryAfter(Unavailable e) {
        Integer seconds = e.problem().retryAfterSeconds();
        return seconds == null ? 0 : seconds;
    }
}
