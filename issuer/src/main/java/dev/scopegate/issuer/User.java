package dev.scopegate.issuer;

/**
 * Who asks the issuer for something. Immutable.
 *
 * @param name the owner of the tokens that are this user's own
 * @param administrator whether everybody's tokens are this user's to manage
 * @param mayManage whether this user may change anything, as opposed to look at it
 * @param bounds how wide the tokens may be that this user grants
 * @param byCookie whether the request was let in by something that browsers send by themselves, so that it must also prove
 *     where it comes from
 */
public record User(String name, boolean administrator, boolean mayManage, Bounds bounds, boolean byCookie) {}
