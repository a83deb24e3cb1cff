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

    private static final int IPV6_NETWORK_BITS = 64;

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

    /**
     * What one client has for its own: an IPv4 address, or the 64 bits of an IPv6 address that name its network, of which a
     * client can take any other address. For counting what somebody does, never for letting in.
     */
    public String neighbourhood() {
        IPAddress ip = ip();
        if (ip == null || !ip.isIPv6()) return toString();
        return ip.toPrefixBlock(IPV6_NETWORK_BITS).toCanonicalString();
    }

    /** The address in canonical form, or {@code unknown}. */
    @Override
    public String toString() {
        IPAddress ip = ip();
        return ip == null ? "unknown" : ip.toCanonicalString();
    }
}
