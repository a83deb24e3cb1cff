package dev.scopegate.store.jwt;

/** No key of the issuer is the one that a JWT names; a moment later one may be. */
final class UnknownKey extends Refused {
    private static final long serialVersionUID = 1L;

    UnknownKey() {
        super("no key of the issuer has its name");
    }
}
