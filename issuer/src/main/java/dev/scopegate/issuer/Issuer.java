package dev.scopegate.issuer;

import dev.scopegate.access.Scopegate;
import dev.scopegate.export.Exports;
import dev.scopegate.issuer.json.JsonBodyReader;
import dev.scopegate.issuer.json.JsonWriter;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.InMemoryGrants;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.AccessToken;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.SecurityContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The token service of one application, complete: made in code by {@link #builder}, put into the ServletContext under
 * {@link #ATTRIBUTE}, and served by the JAX-RS application that has the {@link #resources}. Immutable and safe for any number
 * of threads.
 */
public final class Issuer {
    /** The ServletContext attribute that holds the application's instance. */
    public static final String ATTRIBUTE = "dev.scopegate.issuer";

    private static final int LEAKS_PER_MINUTE = 60;

    private final Scopegate scopegate;
    private final TokenIssuer tokens;
    private final ApiKeys apiKeys;
    private final KeyExchange exchange;
    private final LeakedTokens leaked;
    private final UserResolver resolver;
    private final CrossSite crossSite;
    private final Throttle throttle;
    private final ExportUsage usage;
    private final IssuerEvents events;
    private final @Nullable JwtMint jwts;
    private final @Nullable Login login;
    private final @Nullable PrivateTokens privateTokens;
    private final Clock clock;

    private Issuer(Builder from) {
        this.scopegate = from.scopegate;
        this.clock = from.clock;
        this.tokens = new TokenIssuer(scopegate, from.administrators, from.adminOnly, clock);
        this.apiKeys = new ApiKeys(scopegate, from.administrators, from.adminOnly, clock);
        TokenRepository repository = Objects.requireNonNull(scopegate.repository());
        KeptHere.warn(scopegate, repository, from.jwts != null);
        GrantRepository kept = repository.grants();
        GrantRepository grants = kept == null ? new InMemoryGrants() : kept;
        this.events = new IssuerEvents(scopegate.listener(), clock);
        Guesses guesses = new Guesses(new Throttle(Guesses.PER_ADDRESS, clock), events);
        SealedAnswer sealed = new SealedAnswer(from.random);
        this.exchange = new KeyExchange(scopegate, grants, sealed, from.accessLife, guesses, clock);
        this.leaked = new LeakedTokens(scopegate, grants, clock);
        this.resolver = from.resolver == null ? UserResolver.standard(scopegate, from.administrators) : from.resolver;
        this.crossSite = new CrossSite(from.origins, from.random);
        this.usage = new ExportUsage(this, scopegate);
        this.throttle = new Throttle(LEAKS_PER_MINUTE, clock);
        this.jwts = from.jwts;
        if (jwts != null) jwts.keys().tellTo(events);
        this.privateTokens = jwts == null ? null : privateTokens(from, jwts);
        this.login = jwts == null || from.users == null
                ? null
                : new Login(
                        scopegate,
                        grants,
                        denylist(from),
                        from.users,
                        jwts,
                        sealed,
                        from.administrators,
                        guesses,
                        clock);
    }

    private static PrivateTokens privateTokens(Builder from, JwtMint jwts) {
        return new PrivateTokens(from.scopegate, denylist(from), jwts, from.administrators, from.adminOnly, from.clock);
    }

    private static Denylist denylist(Builder from) {
        TokenStore store = from.scopegate.store();
        return Objects.requireNonNull(store.denylist(), "no store denies JWTs");
    }

    /**
     * Begins the service of an application.
     *
     * @throws NullPointerException at {@link Builder#build} when its store keeps no tokens
     */
    public static Builder builder(Scopegate scopegate) {
        return new Builder(scopegate);
    }

    /** What a JAX-RS application must have among its classes: resources under {@code v1/}, and a JSON reader and writer. */
    public static Set<Class<?>> resources() {
        return Set.of(
                JsonBodyReader.class,
                JsonWriter.class,
                ScopesResource.class,
                TokensResource.class,
                ApiKeysResource.class,
                AuthResource.class,
                PrivateTokensResource.class,
                ExportsResource.class,
                AuditResource.class);
    }

    static Issuer of(ServletContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof Issuer issuer) return issuer;
        throw new IllegalStateException("the ServletContext has no Issuer under " + ATTRIBUTE);
    }

    /** Personal tokens. */
    public TokenIssuer tokens() {
        return tokens;
    }

    /** API keys. */
    public ApiKeys apiKeys() {
        return apiKeys;
    }

    /** What API keys are exchanged for. */
    public KeyExchange exchange() {
        return exchange;
    }

    /** What limits the application's exports; "not found" where nothing does. */
    Exports exports() throws AccessDenied {
        Exports exports = scopegate.exports();
        if (exports == null) throw new AccessDenied(Problem.notFound());
        return exports;
    }

    /** What happened; "not found" where that is not kept. */
    AuditLog audit() throws AccessDenied {
        AuditLog log = scopegate.audit();
        if (log == null) throw new AccessDenied(Problem.notFound());
        return log;
    }

    IssuerEvents events() {
        return events;
    }

    /** Sign-in by password; "not found" where nobody does. */
    public Login login() throws AccessDenied {
        if (login == null) throw new AccessDenied(Problem.notFound());
        return login;
    }

    /** Long-lived JWTs; "not found" where there are none. */
    public PrivateTokens privateTokens() throws AccessDenied {
        if (privateTokens == null) throw new AccessDenied(Problem.notFound());
        return privateTokens;
    }

    SigningKeys keys() throws AccessDenied {
        if (jwts == null) throw new AccessDenied(Problem.notFound());
        return jwts.keys();
    }

    ExportUsage usage() {
        return usage;
    }

    LeakedTokens leaked() {
        return leaked;
    }

    ScopeCatalog catalog() {
        return scopegate.catalog();
    }

    CrossSite crossSite() {
        return crossSite;
    }

    Throttle throttle() {
        return throttle;
    }

    Clock clock() {
        return clock;
    }

    /** Who sent the request; nobody, or somebody who may not ask this, is refused. */
    User user(HttpServletRequest request, SecurityContext security) throws AccessDenied, Unavailable {
        AccessToken token = token(security);
        // judged by the header alone, whatever cookies there are beside it
        if (token == null && request.getHeader("Authorization") != null) {
            throw new AccessDenied(Problem.invalidToken());
        }
        User user = null;
        try {
            if (token != null && Login.isOf(token) && (login == null || !login.stands(token))) {
                throw new AccessDenied(Problem.invalidToken());
            }
            user = resolver.resolve(request, token);
            if (user == null) throw new AccessDenied(Problem.notAuthenticated());
            if (user.byCookie() && !StandardResolver.isReading(request)) crossSite.check(request);
            return user.from(from(request));
        } catch (AccessDenied e) {
            String actor = user != null ? user.name() : token == null ? null : token.owner();
            events.refused(e.problem(), actor, token == null ? null : token.id(), from(request));
            throw e;
        }
    }

    /** The administrator who sent the request; anybody else is refused. */
    User administrator(HttpServletRequest request, SecurityContext security) throws AccessDenied, Unavailable {
        User user = user(request, security);
        if (user.administrator()) return user;
        AccessToken token = token(security);
        events.refused(Problem.permissionDenied(), user.name(), token == null ? null : token.id(), user.from());
        throw new AccessDenied(Problem.permissionDenied());
    }

    /**
     * What a form has to send to {@link #checkForm}: of the session, or of a cookie where there is no session, which this
     * makes none. To be called before the response's body is begun.
     */
    public String formToken(HttpServletRequest request, HttpServletResponse response) {
        return crossSite.formToken(request, response);
    }

    /** Refuses a form that another site may have made the browser send. */
    public void checkForm(HttpServletRequest request, @Nullable String formToken) throws AccessDenied {
        try {
            crossSite.checkForm(request, formToken);
        } catch (AccessDenied e) {
            events.refused(e.problem(), request.getRemoteUser(), null, from(request));
            throw e;
        }
    }

    /** Where a request comes from. */
    public ClientAddress from(HttpServletRequest request) {
        return scopegate.check().addresses().of(request.getRemoteAddr(), request::getHeaders);
    }

    static @Nullable AccessToken token(SecurityContext security) {
        return security.getUserPrincipal() instanceof AccessToken token ? token : null;
    }

    /** Collects the parts; for one thread. */
    public static final class Builder {
        private final Scopegate scopegate;
        private Predicate<String> administrators = owner -> false;
        private @Nullable UserResolver resolver;
        private boolean adminOnly;
        private Set<String> origins = Set.of();
        private @Nullable JwtMint jwts;
        private @Nullable UserDirectory users;
        private Duration accessLife = Duration.ofHours(24);
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();

        private Builder(Scopegate scopegate) {
            this.scopegate = scopegate;
        }

        /** Which owners are administrators; by default nobody is. */
        public Builder administrators(Predicate<String> value) {
            administrators = value;
            return this;
        }

        public Builder resolver(UserResolver value) {
            resolver = value;
            return this;
        }

        /** Whether only administrators may make, see and end tokens. */
        public Builder adminOnly(boolean value) {
            adminOnly = value;
            return this;
        }

        /**
         * Under which origins browsers know the application, such as {@code https://hub.example}, where it cannot tell by its
         * requests because a proxy stands before it.
         */
        public Builder origins(Set<String> value) {
            origins = Set.copyOf(value);
            return this;
        }

        /**
         * Makes JWTs with this, by default none. The store must verify them: that of {@code scopegate-jwt} for our own, with
         * the same keys, before all others.
         */
        public Builder jwts(JwtMint value) {
            jwts = value;
            return this;
        }

        /** Who may sign in by password, where JWTs are made; by default nobody. */
        public Builder users(UserDirectory value) {
            users = value;
            return this;
        }

        /** How long an access token works that an API key is exchanged for; 24 hours unless set. */
        public Builder accessLife(Duration value) {
            accessLife = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        public Builder random(SecureRandom value) {
            random = value;
            return this;
        }

        public Issuer build() {
            return new Issuer(this);
        }
    }
}
