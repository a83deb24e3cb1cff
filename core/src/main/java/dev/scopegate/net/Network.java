package dev.scopegate.net;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;

/**
 * A range of addresses: an IPv4 or IPv6 address, or a CIDR prefix of one. An IPv4-mapped IPv6 address means the IPv4
 * address. Immutable and safe for any number of threads.
 */
public final class Network {
    private final String text;
    private final IPAddress block;

    private Network(String text, IPAddress block) {
        this.text = text;
        this.block = block;
    }

    /**
     * Reads {@code 192.0.2.7}, {@code 10.0.0.0/8}, {@code 2001:db8::/32}.
     *
     * @throws IllegalArgumentException for anything else, and for a prefix with host bits set
     */
    public static Network parse(String text) {
        try {
            IPAddress address = IpSyntax.network(text).toAddress();
            IPAddress block = address.toPrefixBlock();
            if (!block.getLower()
                    .withoutPrefixLength()
                    .equals(address.getLower().withoutPrefixLength())) {
                throw new IllegalArgumentException("a network has bits set beyond its prefix");
            }
            return new Network(text.strip(), IpSyntax.unmapped(block));
        } catch (AddressStringException e) {
            throw new IllegalArgumentException("not an IP address or CIDR network", e);
        }
    }

    /** Whether the address lies in this network; an unknown address lies in none. */
    public boolean contains(ClientAddress address) {
        IPAddress ip = address.ip();
        return ip != null && block.contains(ip);
    }

    /** Whether every address of the other network lies in this one. */
    public boolean contains(Network other) {
        return block.contains(other.block);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network network && network.block.equals(block);
    }

    @Override
    public int hashCode() {
        return block.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
