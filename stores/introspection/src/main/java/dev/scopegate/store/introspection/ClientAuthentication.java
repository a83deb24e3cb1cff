package dev.scopegate.store.introspection;

/** How this service proves to the introspection server who it is (RFC 7662 §2.1). */
public enum ClientAuthentication {
    /** Id and secret in the {@code Authorization} field, each form-encoded first (RFC 6749 §2.3.1). */
    CLIENT_SECRET_BASIC,
    /** Id and secret as parameters of the form. */
    CLIENT_SECRET_POST,
    /** A bearer token of this service's own. */
    BEARER
}
