package dev.scopegate.access;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who a request comes from, as {@link AccessCheck#authenticate} found out: the token it was let in with, or why there is
 * none. A request attribute ({@link AccessToken#ATTRIBUTE}) hands it from filter to feature. With a token for the thread
 * of its request, without one immutable.
 */
public final class Admission implements AccessToken.Holder {
    private final AccessCheck madeBy;
    private @Nullable AccessToken token;
    private final @Nullable Exception refusal;
    private @Nullable BearerToken presented;
    private @Nullable Supplier<ClientAddress> from;

    private Admission(
            AccessCheck madeBy,
            @Nullable AccessToken token,
            @Nullable BearerToken presented,
            @Nullable Supplier<ClientAddress> from,
            @Nullable Exception refusal) {
        this.madeBy = madeBy;
        this.from = from;
        this.token = token;
        this.presented = presented;
        this.refusal = refusal;
    }

    static Admission of(AccessCheck madeBy, Supplier<ClientAddress> from, AccessToken token, BearerToken presented) {
        return new Admission(madeBy, token, presented, from, null);
    }

    /** Without a token or anything else of the request, so that one may stand for many. */
    static Admission refused(AccessCheck madeBy, Problem problem) {
        return new Admission(madeBy, null, null, null, new AccessDenied(problem));
    }

    static Admission unavailable(AccessCheck madeBy, Unavailable refusal) {
        return new Admission(madeBy, null, null, null, refusal);
    }

    /** The token of a request that was let in; null for anybody else. */
    @Override
    public @Nullable AccessToken accessToken() {
        return token;
    }

    /** Whether this check made the admission; that of another application in the same server means nothing here. */
    public boolean madeBy(AccessCheck check) {
        return madeBy == check;
    }

    /** Whether the request brought no credential at all, as opposed to a bad one. */
    public boolean withoutCredentials() {
        return refusal instanceof AccessDenied denied && denied.problem().equals(Problem.notAuthenticated());
    }

    /** The token, or the refusal as an exception. */
    AccessToken require() throws AccessDenied, Unavailable {
        if (token != null) return token;
        if (refusal instanceof Unavailable unavailable) throw unavailable;
        if (refusal instanceof AccessDenied denied) throw denied;
        throw new IllegalStateException("an admission has a token or a refusal");
    }

    /** Why there is no token: an AccessDenied or an Unavailable; not for an admission that has one. */
    Exception refusal() {
        return Objects.requireNonNull(refusal);
    }

    /** Tells the client's address; null when that has been forgotten. */
    @Nullable Supplier<ClientAddress> from() {
        return from;
    }

    /** The token was read again: from now on the request is what it is now. */
    void renew(AccessToken live) {
        token = live;
    }

    /** What the request presented; null when that has been forgotten. */
    @Nullable BearerToken presented() {
        return presented;
    }

    /** Called when the request is over, so that whatever still holds this object does not hold the credential. */
    public void forgetCredential() {
        if (presented == null) return; // also leaves alone what many requests share
        presented = null;
        from = null; // it may hold the request, which holds the header
    }

    /** The token's id and owner, or the refusal's code. */
    @Override
    public String toString() {
        return token != null ? "Admission[" + token.id() + " of " + token.owner() + "]" : "Admission[" + refusal + "]";
    }
}
