package dev.scopegate.issuer;

import dev.scopegate.net.ClientAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who asks the issuer for something. Immutable.
 *
 * @param name the owner of the tokens that are this user's own
 * @param administrator whether everybody's tokens are this user's to manage
 * @param mayManage whether this user may change anything, as opposed to look at it
 * @param bounds how wide the tokens may be that this user grants
 * @param byCookie whether the request was let in by something that browsers send by themselves, so that it must also prove
 *     where it comes from
 * @param from the address of the request, for the audit log; null: there is none, or the issuer is to find it out
 */
public record User(
        String name,
        boolean administrator,
        boolean mayManage,
        Bounds bounds,
        boolean byCookie,
        @Nullable ClientAddress from) {
    /** Somebody whose address is not known here. */
    public User(String name, boolean administrator, boolean mayManage, Bounds bounds, boolean byCookie) {
        this(name, administrator, mayManage, bounds, byCookie, null);
    }

    /** The same user, from this address unless one is known. */
    User from(ClientAddress address) {
        return from != null ? this : new User(name, administrator, mayManage, bounds, byCookie, address);
    }
}
