package dev.scopegate.store.introspection;

import dev.scopegate.config.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** Where the server is asked: {@code https}, or {@code http} on this machine alone, since tokens travel there. */
final class Endpoint {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Endpoint() {}

    static URI parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw wrong("is no URL"); // without the cause, which quotes it
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        if (host == null || !(scheme.equals("https") || scheme.equals("http"))) throw wrong("is no https:// URL");
        if (uri.getRawUserInfo() != null) {
            throw wrong("holds credentials; they belong into introspection-client-id and introspection-client-secret");
        }
        if (uri.getRawFragment() != null) throw wrong("has a fragment");
        if (scheme.equals("http") && !isLoopback(uri)) {
            throw wrong("sends tokens over an open line; use https:// (http:// is taken for localhost, 127.0.0.1 and"
                    + " [::1] alone)");
        }
        return uri;
    }

    static boolean isLoopback(URI uri) {
        return LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    private static ConfigurationException wrong(String what) {
        return new ConfigurationException("introspection-url " + what);
    }
}
