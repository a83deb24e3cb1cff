package dev.scopegate.store.jwt;

/** Why a JWT is not accepted: a constant sentence part for the debug log, which never holds anything of the token. */
sealed class Refused extends Exception permits UnknownKey {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
        super(why, null, false, false);
    }
}
