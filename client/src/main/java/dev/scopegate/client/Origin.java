package dev.scopegate.client;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Scheme, host and port of an address: what a token is for (RFC 6454 §4). Immutable. */
record Origin(String scheme, String host, int port) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /**
     * The origin of an address.
     *
     * @throws IllegalArgumentException when it is not an absolute http or https address
     */
    static Origin required(URI address) {
        Origin origin = of(address);
        if (origin == null) throw new IllegalArgumentException("an absolute http or https address is needed");
        return origin;
    }

    /** The origin of an address; null when it is not an absolute http or https one. */
    static @Nullable Origin of(URI address) {
        if (address.getScheme() == null || address.getHost() == null) return null;
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) return null;
        int usual = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        int port = address.getPort() == -1 ? usual : address.getPort();
        return new Origin(scheme, address.getHost().toLowerCase(Locale.ROOT), port);
    }

    /** Whether whoever stands between could read more of what is sent there than of what is sent here. */
    boolean isWeakerThan(Origin other) {
        return other.scheme.equals("https") && !scheme.equals("https");
    }
}
