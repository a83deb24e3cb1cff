package dev.scopegate.issuer;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;

/**
 * Bounds how many refresh tokens an address may present that are worth nothing, within any minute. None of them can be guessed;
 * this keeps a broken or hostile client from asking the store as fast as it can. What succeeds does not count. One node's; safe for
 * any number of threads.
 */
record Guesses(Throttle byAddress, IssuerEvents events) {
    /** So many that the broken clients behind one address hardly shut out the others there. */
    static final int PER_ADDRESS = 300;

    /** An exchange that may fail. */
    @FunctionalInterface
    interface Exchange<T> {
        T run() throws AccessDenied, Unavailable;
    }

    /** Runs an exchange, unless too many from its address have failed. It counts before the work, as sign-ins do. */
    <T> T counted(ClientAddress from, Exchange<T> exchange) throws AccessDenied, Unavailable {
        String address = from.neighbourhood();
        try {
            byAddress.count(address);
        } catch (AccessDenied e) {
            events.loginRefused(e.problem().code(), null, null, from);
            throw e;
        }
        boolean failed = false;
        try {
            return exchange.run();
        } catch (AccessDenied e) {
            failed = true;
            throw e;
        } finally {
            if (!failed) byAddress.forgive(address); // a store that does not answer is nobody's fault either
        }
    }
}
