package dev.scopegate.access;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.scopegate.cache.CacheLimits;
import dev.scopegate.cache.CachingTokenStore;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import dev.scopegate.config.Settings;
import dev.scopegate.event.AuditListener;
import dev.scopegate.export.ExportStats;
import dev.scopegate.export.Exports;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.net.ClientAddresses;
import dev.scopegate.problem.Challenge;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.StoreHealth;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenFormat;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that one application needs to enforce access, complete: filter and feature share it. Made from settings by
 * {@link #start}, or in code by {@link #builder} and put into the ServletContext under {@link #ATTRIBUTE}, which wins.
 * Immutable and safe for any number of threads; {@link #close} ends its threads and its store.
 */
public final class Scopegate implements AutoCloseable {
    /** The ServletContext attribute that holds the application's instance. */
    public static final String ATTRIBUTE = "dev.scopegate.runtime";

    /**
     * The ServletContext attribute that says, by being there before the filter starts, that somebody works with the container's
     * own request: CDI, which reads there who is calling, or an authentication mechanism, which finds it out before the filter.
     */
    public static final String SHARES_REQUEST = "dev.scopegate.shares-request";

    private final Configuration configuration;
    private final TokenFormat format;
    private final ScopeCatalog catalog;
    private final CachingTokenStore store;
    private final LastUses uses;
    private final @Nullable Exports exports;
    private final AccessCheck check;
    private final Challenge challenge;
    private final Background background;
    private final AuditListener listener;
    private final @Nullable AuditLog log;
    private final @Nullable AuditTrail trail;
    private final Upkeep upkeep;
    private final Clock clock;

    private Scopegate(Builder from, TokenFormat format, ScopeCatalog catalog, TokenStore store) {
        this.configuration = from.configuration;
        this.format = format;
        this.catalog = catalog;
        this.background = Background.on(from.executor == null ? Wiring.executor(configuration) : from.executor);
        this.store = new CachingTokenStore(store, CacheLimits.of(configuration), Ticker.systemTicker(), background);
        this.log = Wiring.auditLog(configuration, store);
        this.trail = log == null ? null : new AuditTrail(log);
        AuditListener heard = from.listener.and(AuditLines.ifWanted());
        this.listener = trail == null ? heard : heard.and(trail);
        this.clock = from.clock;
        Audit audit = new Audit(listener, from.clock);
        ClientAddresses addresses = Wiring.addresses(configuration);
        this.challenge = new Challenge(
                configuration.get(Settings.REALM),
                configuration.find(Settings.RESOURCE_METADATA).orElse(null));
        this.exports = from.exports == null ? Wiring.exports(configuration, store, from.clock, audit) : from.exports;
        this.upkeep = Wiring.upkeep(configuration, store, log, from.clock, audit);
        // what could fail, and would leave threads behind, comes before the first thread
        this.uses = new LastUses(store.repository(), configuration.get(Settings.LAST_USED_INTERVAL), audit, background);
        this.check = new AccessCheck(
                format,
                this.store,
                catalog,
                from.guard,
                from.clock,
                uses,
                exports,
                addresses,
                audit,
                configuration.get(Settings.WARN_BEFORE_EXPIRY));
        if (trail != null) trail.start();
        upkeep.every(configuration.get(Settings.UPKEEP_INTERVAL), background);
    }

    /**
     * An instance whose store and catalog the settings name.
     *
     * @throws dev.scopegate.config.ConfigurationException when something is missing or wrong
     */
    public static Scopegate start(Configuration configuration) {
        return builder().configuration(configuration).build();
    }

    /** Every setting that a configuration may hold: the common ones and those of each store that can be found. */
    public static List<Setting<?>> settings() {
        return Wiring.settings();
    }

    /** Begins an instance made in code; what is not set comes from the configuration. */
    public static Builder builder() {
        return new Builder();
    }

    public Configuration configuration() {
        return configuration;
    }

    /** How tokens are written here. */
    public TokenFormat format() {
        return format;
    }

    public ScopeCatalog catalog() {
        return catalog;
    }

    /** The store with its cache in front. */
    public CachingTokenStore store() {
        return store;
    }

    /** The write side of the store, for issuing; null where the store only reads. */
    public @Nullable TokenRepository repository() {
        return store.repository();
    }

    public AccessCheck check() {
        return check;
    }

    /** Whether tokens can be looked up now, and changes made elsewhere are heard. */
    public StoreHealth health() {
        return store.health();
    }

    /** What has happened since the start. */
    public ScopegateStats stats() {
        Tally tally = check.tally();
        long lost = trail == null ? 0 : trail.lost();
        ExportStats exported = exports == null ? ExportStats.NONE : exports.stats();
        return new ScopegateStats(
                tally.outcomes(), tally.refusals(exported.refusals()), store.lookUps(), store.size(), lost, exported);
    }

    /** The export limits; null where nothing is limited. */
    public @Nullable Exports exports() {
        return exports;
    }

    /** Who is told of what happens; issuing code tells it, too. */
    public AuditListener listener() {
        return listener;
    }

    /** What happened, as it is kept a moment after it did; null where it is not. */
    public @Nullable AuditLog audit() {
        return log;
    }

    /** What refused requests are challenged with. */
    public Challenge challenge() {
        return challenge;
    }

    /** Notes that a token of the repository was used for something else than a request, such as to get others; written behind. */
    public void used(AccessToken token, ClientAddress from) {
        uses.note(token, clock.millis(), () -> from);
    }

    /** A reader of access annotations. */
    public Requirements requirements() {
        return new Requirements(catalog, configuration, exports != null);
    }

    @Override
    public void close() {
        background.close();
        upkeep.close();
        uses.close();
        if (trail != null) trail.close();
        store.close();
        RecordCaches.forgetApplication();
    }

    /** Collects the parts; for one thread. */
    public static final class Builder {
        private Configuration configuration = Configuration.defaults();
        private @Nullable ScopeCatalog catalog;
        private @Nullable TokenStore store;
        private UnaryOperator<TokenStore> around = named -> named;
        private @Nullable TokenFormat format;
        private ResourceGuard guard = ResourceGuard.NONE;
        private @Nullable Exports exports;
        private AuditListener listener = AuditListener.NONE;
        private @Nullable ScheduledExecutorService executor;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        public Builder configuration(Configuration value) {
            configuration = value;
            return this;
        }

        public Builder catalog(ScopeCatalog value) {
            catalog = value;
            return this;
        }

        /** The store, without a cache; it is closed with the instance. */
        public Builder store(TokenStore value) {
            store = value;
            return this;
        }

        /**
         * What is made of the store, such as a chain that begins with one which settings do not name. Closing what is made
         * closes the store.
         */
        public Builder around(UnaryOperator<TokenStore> value) {
            around = value;
            return this;
        }

        /** The format, where the code that mints must share it. */
        public Builder format(TokenFormat value) {
            format = value;
            return this;
        }

        public Builder guard(ResourceGuard value) {
            guard = value;
            return this;
        }

        /** The export limits, where settings do not name their stores. */
        public Builder exports(Exports value) {
            exports = value;
            return this;
        }

        /** Is told of what happens to tokens, requests and exports. */
        public Builder listener(AuditListener value) {
            listener = value;
            return this;
        }

        /**
         * What does the work that no request waits for, such as a container's {@code ManagedScheduledExecutorService}, instead
         * of threads of our own. It stays the caller's to end.
         */
        public Builder executor(ScheduledExecutorService value) {
            executor = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** The instance, running. */
        public Scopegate build() {
            // the store comes last: what is opened before something else fails would stay open
            TokenFormat written = format == null ? Wiring.format(configuration) : format;
            ScopeCatalog declared = catalog == null ? Wiring.catalog(configuration) : catalog;
            TokenStore opened = store == null ? Wiring.store(configuration, clock) : store;
            try {
                return new Scopegate(this, written, declared, around.apply(opened));
            } catch (Throwable e) {
                if (store == null) opened.close();
                throw e;
            }
        }
    }
}
