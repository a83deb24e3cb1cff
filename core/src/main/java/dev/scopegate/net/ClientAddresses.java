package dev.scopegate.net;

import java.util.Enumeration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which address a request came from, where proxies stand before the application. A peer that is a trusted proxy is asked, by
 * the one header that its proxies write: the client is the right-most hop that is no trusted proxy. What others say counts
 * nothing. Immutable and safe for any number of threads.
 */
public final class ClientAddresses {
    /** Where no proxy is trusted: the client is the peer. */
    public static final ClientAddresses DIRECT = new ClientAddresses(List.of(), Header.NONE);

    private final List<Network> trusted;
    private final Header header;

    /** The header in which proxies tell whom they speak for. */
    public enum Header {
        NONE(null),
        /** RFC 7239. */
        FORWARDED("Forwarded"),
        X_FORWARDED_FOR("X-Forwarded-For");

        private final @Nullable String field;

        Header(@Nullable String field) {
            this.field = field;
        }
    }

    /** Addresses as told by these proxies in this header. */
    public ClientAddresses(List<Network> trusted, Header header) {
        this.trusted = List.copyOf(trusted);
        this.header = header;
    }

    /** Whether the client is always the peer. */
    public boolean isDirect() {
        return trusted.isEmpty() || header == Header.NONE;
    }

    /**
     * The client's address; unknown where the hop that decides is obfuscated, empty or ill-formed.
     *
     * @param peer the other end of the connection
     * @param lines the request's lines of a header by its name
     */
    public ClientAddress of(@Nullable String peer, Function<String, @Nullable Enumeration<String>> lines) {
        ClientAddress address = ClientAddress.ofPeer(peer);
        String field = header.field;
        if (field == null || !isTrusted(address)) return address;
        Enumeration<String> found = lines.apply(field);
        if (found == null || !found.hasMoreElements()) return address;
        List<@Nullable String> hops = header == Header.FORWARDED ? Hops.forwarded(found) : Hops.listed(found);
        if (hops.isEmpty()) return ClientAddress.UNKNOWN;
        for (int i = hops.size() - 1; i >= 0; i--) {
            address = ClientAddress.ofPeer(hops.get(i));
            if (!isTrusted(address)) return address;
        }
        return address; // a proxy spoke for itself
    }

    private boolean isTrusted(ClientAddress address) {
        for (int i = 0; i < trusted.size(); i++) {
            if (trusted.get(i).contains(address)) return true;
        }
        return false;
    }
}
