package dev.scopegate.net;

import inet.ipaddr.IPAddress;
import org.jspecify.annotations.Nullable;

/**
 * The address a request came from; parsed only when something asks. Anything that is no address is the unknown address,
 * which no network contains. For the thread of its request.
 */
public final class ClientAddress {
    /** The address of a request of which none is known. */
    public static final ClientAddress UNKNOWN = new ClientAddress("");

    private final String text;

    private ClientAddress(String text) {
        this.text = text;
    }

    /** The peer of the connection as the container names it; null is unknown. */
    public static ClientAddress ofPeer(@Nullable String remoteAddress) {
        return remoteAddress == null ? UNKNOWN : new ClientAddress(remoteAddress);
    }

    @Nullable IPAddress ip() {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        IPAddress parsed = bare.isEmpty() ? null : IpSyntax.address(bare).getAddress();
        return parsed == null ? null : IpSyntax.unmapped(parsed);
    }

    /** The address in canonical form, or {@code unknown}. */
    @Override
    public String toString() {
        IPAddress ip = ip();
        return ip == null ? "unknown" : ip.toCanonicalString();
    }
}
