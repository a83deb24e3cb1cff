package dev.scopegate.net;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv6.IPv6Address;

/** The strict syntax in which addresses are read: plain IPv4 and IPv6, no ranges, wildcards or short forms. */
final class IpSyntax {
    private static final IPAddressStringParameters ADDRESS = strict(false);
    private static final IPAddressStringParameters NETWORK = strict(true);

    private IpSyntax() {}

    private static IPAddressStringParameters strict(boolean prefix) {
        return new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowMask(false)
                .allowPrefix(prefix)
                .allowPrefixOnly(false)
                .allowWildcardedSeparator(false)
                .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
                .getIPv4AddressParametersBuilder()
                .allow_inet_aton(false)
                .allowLeadingZeros(false)
                .getParentBuilder()
                .getIPv6AddressParametersBuilder()
                .allowZone(!prefix)
                .allowBase85(false)
                .allowBinary(false)
                .getParentBuilder()
                .toParams();
    }

    static IPAddressString address(String text) {
        return new IPAddressString(text, ADDRESS);
    }

    static IPAddressString network(String text) {
        return new IPAddressString(text.strip(), NETWORK);
    }

    /** The IPv4 address that an IPv4-mapped IPv6 one stands for; others as they are, without their zone. */
    static IPAddress unmapped(IPAddress address) {
        if (!address.isIPv6()) return address;
        IPv6Address six = address.toIPv6();
        if (six.isIPv4Mapped()) return six.getEmbeddedIPv4Address();
        return six.hasZone() ? six.removeZone() : six;
    }
}
