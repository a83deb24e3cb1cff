package dev.scopegate.access;

import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.Exports;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.net.ClientAddresses;
import dev.scopegate.net.Network;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * May this request pass? Adapters ask {@link #authenticate} once a request and {@link #authorize} for each thing it
 * reaches; nothing else decides. Immutable and safe for any number of threads.
 */
public final class AccessCheck {
    private static final Logger LOG = LoggerFactory.getLogger(AccessCheck.class);

    private final TokenFormat format;
    private final TokenStore store;
    private final ScopeCatalog catalog;
    private final ResourceGuard guard;
    private final Clock clock;
    private final ScopeRefusals tooSmall = new ScopeRefusals();

    // a flood of bad tokens should find its answers ready
    private final Admission withoutCredentials = Admission.refused(this, Problem.notAuthenticated());
    private final Admission invalidRequest = Admission.refused(this, Problem.invalidRequest());
    private final Admission invalidToken = Admission.refused(this, Problem.invalidToken());
    private final Admission ipNotAllowed = Admission.refused(this, Problem.ipNotAllowed());

    private final LastUses uses;
    private final @Nullable Exports exports;
    private final ClientAddresses addresses;
    private final Audit audit;
    private final long warnSeconds;
    private final Tally tally = new Tally();

    AccessCheck(
            TokenFormat format,
            TokenStore store,
            ScopeCatalog catalog,
            ResourceGuard guard,
            Clock clock,
            LastUses uses,
            @Nullable Exports exports,
            ClientAddresses addresses,
            Audit audit,
            Duration warnBeforeExpiry) {
        this.format = format;
        this.store = store;
        this.catalog = catalog;
        this.guard = guard;
        this.clock = clock;
        this.uses = uses;
        this.exports = exports;
        this.addresses = addresses;
        this.audit = audit;
        this.warnSeconds = warnBeforeExpiry.toSeconds();
    }

    /** How adapters find out which address a request comes from. */
    public ClientAddresses addresses() {
        return addresses;
    }

    /**
     * Finds out who a request comes from. Never refuses by itself: what is wrong is kept in the admission until
     * something is asked for that needs a token.
     *
     * @param authorization the lines of the request's {@code Authorization} field
     * @param from the client's address, asked for only by tokens that are limited to networks
     */
    public Admission authenticate(Iterator<String> authorization, Supplier<ClientAddress> from) {
        String line = authorization.hasNext() ? authorization.next() : null;
        return authenticate(line, authorization.hasNext(), from);
    }

    /**
     * {@link #authenticate(Iterator, Supplier)} for an adapter that need not make an iterator.
     *
     * @param line the first line of the request's {@code Authorization} field; null where there is none
     * @param more whether there is a second one
     */
    public Admission authenticate(@Nullable String line, boolean more, Supplier<ClientAddress> from) {
        if (line == null) return counted(Tally.Outcome.NOT_AUTHENTICATED, withoutCredentials);
        if (more) return invalidRequest(from);
        BearerToken presented = AuthorizationHeader.read(line, format);
        if (presented == null) return withoutToken(line, from);
        try {
            Admission admission = open(presented, store.find(presented), from);
            return counted(outcome(admission), admission);
        } catch (Unavailable e) {
            LOG.warn("a token could not be looked up: {}", e.getMessage());
            audit.unavailable(presented, from);
            return counted(Tally.Outcome.UNAVAILABLE, Admission.unavailable(this, e));
        }
    }

    /**
     * When a personal token's life ends, if that is so soon that those who use it should be told.
     *
     * @return null for any other token, and where there is none
     */
    public @Nullable Instant expiresSoon(Admission admission) {
        AccessToken token = admission.accessToken();
        if (token == null || token.kind() != TokenKind.PERSONAL) return null;
        Instant end = token.expiresAt();
        if (end == null || warnSeconds == 0) return null;
        return end.getEpochSecond() - Math.floorDiv(clock.millis(), 1_000) <= warnSeconds ? end : null;
    }

    private Tally.Outcome outcome(Admission admission) {
        if (admission.accessToken() != null) return Tally.Outcome.ADMITTED;
        return admission == ipNotAllowed ? Tally.Outcome.IP_NOT_ALLOWED : Tally.Outcome.INVALID_TOKEN;
    }

    private Admission counted(Tally.Outcome outcome, Admission admission) {
        tally.count(outcome);
        return admission;
    }

    private Admission invalidRequest(Supplier<ClientAddress> from) {
        audit.refused("invalid_request", null, null, from);
        return counted(Tally.Outcome.INVALID_REQUEST, invalidRequest);
    }

    private Admission withoutToken(String line, Supplier<ClientAddress> from) {
        return switch (AuthorizationHeader.fault(line)) {
            case NO_BEARER -> counted(Tally.Outcome.NOT_AUTHENTICATED, withoutCredentials);
            case MORE_THAN_ONE -> invalidRequest(from);
            case NO_TOKEN -> {
                audit.refused("ill_formed", null, null, from);
                yield counted(Tally.Outcome.INVALID_TOKEN, invalidToken);
            }
        };
    }

    private Admission open(BearerToken presented, @Nullable StoredToken stored, Supplier<ClientAddress> from) {
        if (stored == null) return invalid(presented, null, "unknown", from);
        long now = clock.millis();
        if (!stored.opensWith(presented, now)) return invalid(presented, null, "wrong_secret", from);
        AccessToken token = stored.token();
        if (!token.kind().opensResources()) return invalid(presented, token, "wrong_kind", from);
        TokenStatus status = token.statusAt(now);
        if (status != TokenStatus.ACTIVE) return invalid(presented, token, status.wireName(), from);
        if (!isIn(token.allowedNetworks(), from)) {
            LOG.debug("refused: token {} may not be used from {}", presented, from.get());
            audit.refused("ip_not_allowed", presented, token, from);
            return ipNotAllowed;
        }
        uses.note(token, now, from);
        return Admission.of(this, from, token, presented);
    }

    private Admission invalid(
            BearerToken presented, @Nullable AccessToken token, String why, Supplier<ClientAddress> from) {
        LOG.debug("refused: {} is {}", presented, why);
        audit.refused(why, presented, token, from);
        return invalidToken;
    }

    private static boolean isIn(List<Network> networks, Supplier<ClientAddress> from) {
        if (networks.isEmpty()) return true;
        ClientAddress address = from.get();
        for (Network network : networks) {
            if (network.contains(address)) return true;
        }
        return false;
    }

    /**
     * Lets the request reach something, or throws why not.
     *
     * @param need what that something asks for
     * @param pathParameters the values of the path's parameters by name, decoded
     */
    public void authorize(Admission admission, Requirement need, Function<String, @Nullable String> pathParameters)
            throws AccessDenied, Unavailable {
        Exception refusal = decide(admission, need, pathParameters);
        if (refusal instanceof Unavailable unavailable) throw unavailable;
        if (refusal instanceof AccessDenied denied) throw denied;
    }

    /**
     * {@link #authorize} for an adapter that writes the answer itself: to unwind the stack would cost more than all the rest.
     *
     * @return null when the request may pass, or why not
     */
    public @Nullable Problem refusal(
            Admission admission, Requirement need, Function<String, @Nullable String> pathParameters) {
        Exception refusal = decide(admission, need, pathParameters);
        if (refusal == null) return null;
        return refusal instanceof AccessDenied denied ? denied.problem() : ((Unavailable) refusal).problem();
    }

    /** Null, an AccessDenied or an Unavailable; what happens often is not thrown. */
    private @Nullable Exception decide(
            Admission admission, Requirement need, Function<String, @Nullable String> pathParameters) {
        if (!admission.madeBy(this)) throw new IllegalArgumentException("the admission is another check's");
        if (need.access() == Requirement.Access.PERMIT) return null;
        if (need.access() == Requirement.Access.SESSION && admission.withoutCredentials()) return null;
        AccessToken token = admission.accessToken();
        if (token == null) return admission.refusal();
        try {
            return switch (need.access()) {
                case PERMIT, SESSION -> null;
                case DENY ->
                    refused(
                            new AccessDenied(need.hide() ? Problem.notFound() : Problem.permissionDenied()),
                            admission,
                            need,
                            pathParameters);
                case TOKEN ->
                    refused(
                            decide(need.fresh() ? reread(admission) : token, need, pathParameters),
                            admission,
                            need,
                            pathParameters);
            };
        } catch (AccessDenied e) {
            return refused(e, admission, need, pathParameters);
        } catch (Unavailable e) {
            return e;
        }
    }

    private @Nullable AccessDenied refused(
            @Nullable AccessDenied refusal,
            Admission admission,
            Requirement need,
            Function<String, @Nullable String> pathParameters) {
        if (refusal == null) return null;
        audit.refused(refusal.problem(), admission, need, pathParameters);
        return counted(refusal);
    }

    private AccessDenied counted(AccessDenied refusal) {
        tally.countRefusal(refusal.problem().code());
        return refusal;
    }

    private @Nullable AccessDenied decide(
            AccessToken token, Requirement need, Function<String, @Nullable String> pathParameters)
            throws AccessDenied, Unavailable {
        if (!need.grantedBy(token.scopes())) return tooSmall(token, need.scopes(), need.hide());
        ResourceTemplate resource = need.resource();
        if (resource != null) checkResource(token, resource.fill(pathParameters), need.hide());
        return null;
    }

    private AccessToken reread(Admission admission) throws AccessDenied, Unavailable {
        BearerToken presented = admission.presented();
        Supplier<ClientAddress> from = admission.from();
        if (presented == null || from == null) throw new AccessDenied(Problem.invalidToken());
        AccessToken live = open(presented, store.findLive(presented), from).require();
        admission.renew(live);
        return live;
    }

    /** Whether answers that meet the requirement are metered. */
    public boolean limits(Requirement need) {
        return exports != null && need.export() != null;
    }

    /**
     * Begins the metering of an answer, after {@link #authorize}: the last step before the resource runs.
     *
     * @param head whether the request is a HEAD, whose answer is not counted
     * @return null where the requirement, or the application, limits no exports
     */
    public @Nullable ExportMeter export(
            Admission admission, Requirement need, Function<String, @Nullable String> pathParameters, boolean head)
            throws AccessDenied, Unavailable {
        ResourceTemplate template = need.export();
        if (template == null || exports == null) return null;
        AccessToken token = admission.require();
        Supplier<ClientAddress> from = admission.from();
        String resource;
        try {
            resource = checkResource(token, template.fill(pathParameters), need.hide());
        } catch (AccessDenied e) {
            throw Objects.requireNonNull(refused(e, admission, need, pathParameters));
        }
        // what is refused here is counted and told by the exports
        return exports.open(token, resource, from == null ? ClientAddress.UNKNOWN : from.get(), head);
    }

    /**
     * Checks a resource whose name is known only to the code: the token must extend to it, and the guard agree.
     *
     * @return the resource's canonical name
     */
    public String authorizeResource(AccessToken token, String resource) throws AccessDenied, Unavailable {
        try {
            return checkResource(token, resource, false);
        } catch (AccessDenied e) {
            audit.refused(e.problem(), token, null, resource);
            throw counted(e);
        }
    }

    private String checkResource(AccessToken token, String resource, boolean hide) throws AccessDenied, Unavailable {
        if (!covers(token, resource)) throw new AccessDenied(hide ? Problem.notFound() : Problem.resourceNotAllowed());
        ResourceDecision decision = guard.decide(token, resource);
        if (decision instanceof ResourceDecision.Ok ok) return ok.canonicalName();
        if (decision instanceof ResourceDecision.TooSmall small) {
            throw tooSmall(token, List.of(small.neededScope()), hide);
        }
        boolean hidden = hide || decision instanceof ResourceDecision.Hidden;
        throw new AccessDenied(hidden ? Problem.notFound() : Problem.permissionDenied());
    }

    /** Whether the token's list of resources, if it has one, names the resource or one that contains it. */
    public boolean covers(AccessToken token, String resource) {
        return covers(token.resources(), resource);
    }

    /** Whether a list of resources, unless it is empty, names the resource or one that contains it. */
    public boolean covers(List<String> allowed, String resource) {
        if (allowed.isEmpty()) return true;
        String name = resource;
        for (int depth = 0; name != null && depth < 32; depth++) {
            if (allowed.contains(name)) return true;
            name = guard.parentOf(name);
        }
        return false;
    }

    /** What became of requests so far. */
    Tally tally() {
        return tally;
    }

    /** Whether the token has the scope, or one that implies it; nothing has the scope null. */
    public boolean grants(AccessToken token, @Nullable String scope) {
        return scope != null && catalog.grants(token.scopes(), scope);
    }

    private AccessDenied tooSmall(AccessToken token, List<String> required, boolean hide) {
        LOG.debug("refused: token {} has not the scopes {}", token.id(), required);
        return hide ? new AccessDenied(Problem.notFound()) : tooSmall.of(required, token.scopes());
    }
}
