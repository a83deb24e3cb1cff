package dev.scopegate.access;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.config.Setting;
import dev.scopegate.config.Settings;
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportOptions;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.export.Exports;
import dev.scopegate.export.InMemoryExportLedger;
import dev.scopegate.export.InMemoryExportPolicies;
import dev.scopegate.net.ClientAddresses;
import dev.scopegate.net.Network;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.ChainedTokenStore;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.InMemoryAuditLog;
import dev.scopegate.store.InMemoryDenylist;
import dev.scopegate.store.InMemoryNodeLocks;
import dev.scopegate.store.JsonFileExportPolicies;
import dev.scopegate.store.NodeLocks;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenStore;
import dev.scopegate.store.TokenStoreFactory;
import dev.scopegate.text.FileTrouble;
import dev.scopegate.text.Nearest;
import dev.scopegate.text.StoreArtifact;
import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Makes the parts that settings name. */
final class Wiring {
    private static final String CLASSPATH = "classpath:";

    private Wiring() {}

    /** The common settings and those of every store that can be found. */
    static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(Settings.ALL);
        for (TokenStoreFactory factory : factories()) all.addAll(factory.settings());
        return all;
    }

    private static ServiceLoader<TokenStoreFactory> factories() {
        return ServiceLoader.load(TokenStoreFactory.class, loader());
    }

    private static ClassLoader loader() {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        return application != null ? application : Wiring.class.getClassLoader();
    }

    static TokenStore store(Configuration configuration, Clock clock) {
        return chain(chosen(configuration), configuration, clock);
    }

    private static List<TokenStoreFactory> chosen(Configuration configuration) {
        Map<String, TokenStoreFactory> known = new LinkedHashMap<>();
        for (TokenStoreFactory factory : factories()) known.putIfAbsent(factory.name(), factory);
        List<TokenStoreFactory> chosen = new ArrayList<>();
        for (String part : configuration.get(Settings.STORE).split(",", -1)) {
            String name = part.trim();
            TokenStoreFactory factory = known.get(name);
            if (factory == null) {
                throw new ConfigurationException("store: there is no store '" + name + "' among " + known.keySet()
                        + missing(name, known.keySet()));
            }
            if (chosen.contains(factory)) throw new ConfigurationException("store: '" + name + "' stands there twice");
            chosen.add(factory);
        }
        return chosen;
    }

    private static String missing(String name, Set<String> known) {
        String artifact = StoreArtifact.hint(name);
        return artifact.isEmpty() ? Nearest.hint(name, known) : artifact;
    }

    /** Opens the stores in their order; what is open is closed again when a later one fails. */
    private static TokenStore chain(List<TokenStoreFactory> factories, Configuration configuration, Clock clock) {
        List<TokenStore> stores = new ArrayList<>();
        Denylist shared = null;
        try {
            for (TokenStoreFactory factory : factories) {
                TokenStore store = factory.create(configuration, clock, shared);
                stores.add(store);
                Denylist offered = store.denylist();
                if (shared == null) shared = offered;
                else if (shared instanceof InMemoryDenylist && offered != null) {
                    throw new ConfigurationException("store: name '" + factory.name()
                            + "', which shares with other nodes which JWTs are revoked, before the stores of JWTs");
                }
            }
        } catch (Throwable e) {
            stores.forEach(TokenStore::close);
            throw e;
        }
        return stores.size() == 1 ? stores.get(0) : new ChainedTokenStore(stores);
    }

    static ScopeCatalog catalog(Configuration configuration) {
        String where = configuration.get(Settings.SCOPE_CATALOG);
        try (InputStream json = open(where)) {
            return ScopeCatalog.read(json);
        } catch (IOException e) {
            throw new ConfigurationException("scope-catalog: " + where + " cannot be read: " + FileTrouble.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("scope-catalog: " + where + ", " + e.getMessage(), e);
        }
    }

    private static InputStream open(String where) throws IOException {
        if (!where.startsWith(CLASSPATH)) return Files.newInputStream(Path.of(where));
        InputStream resource = loader().getResourceAsStream(where.substring(CLASSPATH.length()));
        if (resource == null) throw new IOException("the application has no such resource");
        return resource;
    }

    static TokenFormat format(Configuration configuration) {
        byte[] key = configuration
                .find(Settings.SECRET_KEY)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        try {
            return new TokenFormat(
                    Map.of(
                            TokenKind.PERSONAL, configuration.get(Settings.PREFIX_PERSONAL),
                            TokenKind.ACCESS, configuration.get(Settings.PREFIX_ACCESS),
                            TokenKind.REFRESH, configuration.get(Settings.PREFIX_REFRESH),
                            TokenKind.API_KEY_SECRET, configuration.get(Settings.PREFIX_API_KEY_SECRET)),
                    key,
                    new SecureRandom());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("prefix-… or secret-key: " + e.getMessage(), e);
        }
    }

    static ClientAddresses addresses(Configuration configuration) {
        List<Network> trusted = new ArrayList<>();
        for (String part : configuration.get(Settings.TRUSTED_PROXIES).split(",", -1)) {
            if (part.isBlank()) continue;
            try {
                trusted.add(Network.parse(part));
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException("trusted-proxies: '" + part.strip() + "' is " + e.getMessage(), e);
            }
        }
        Settings.AddressHeader header = configuration.get(Settings.CLIENT_ADDRESS_HEADER);
        if (trusted.isEmpty() != (header == Settings.AddressHeader.NONE)) {
            throw new ConfigurationException(
                    "trusted-proxies and client-address-header: one is of no use without the other");
        }
        return new ClientAddresses(trusted, ClientAddresses.Header.valueOf(header.name()));
    }

    /** Null where nothing is limited. */
    static @Nullable Exports exports(Configuration configuration, TokenStore store, Clock clock, Audit audit) {
        Settings.ExportsIn where = configuration.get(Settings.EXPORT_LEDGER);
        if (where == Settings.ExportsIn.NONE) return null;
        boolean shared = where == Settings.ExportsIn.TOKEN_STORE;
        ExportLedger ledger = shared ? store.exportLedger() : new InMemoryExportLedger(clock);
        if (ledger == null) {
            throw new ConfigurationException(
                    "export-ledger: the token store keeps none; use 'jdbc' or 'redis', or 'memory'");
        }
        ExportPolicyStore policies = configuration
                .find(Settings.EXPORT_POLICIES)
                .<ExportPolicyStore>map(JsonFileExportPolicies::open)
                .orElseGet(() -> shared ? store.exportPolicies() : new InMemoryExportPolicies());
        if (policies == null) {
            throw new ConfigurationException("export-policies: the token store keeps none; name a file");
        }
        ExportOptions options = new ExportOptions(
                configuration.get(Settings.EXPORT_WITHOUT_POLICY) == Settings.ExportWithoutPolicy.ALLOW,
                configuration.get(Settings.EXPORT_HOLD),
                configuration.get(Settings.EXPORT_LEASE_BYTES),
                configuration.get(Settings.EXPORT_LEASE_RECORDS),
                configuration.get(Settings.EXPORT_WAIT));
        return new Exports(policies, ledger, options, audit::exported);
    }

    /** Null where events are not kept. */
    static @Nullable AuditLog auditLog(Configuration configuration, TokenStore store) {
        return switch (configuration.get(Settings.AUDIT_LOG)) {
            case NONE -> null;
            case MEMORY -> new InMemoryAuditLog(AuditTrail.CAPACITY);
            case TOKEN_STORE -> {
                AuditLog kept = store.auditLog();
                if (kept != null) yield kept;
                throw new ConfigurationException(
                        "audit-log: the token store keeps none; use 'jdbc' or 'redis', or 'memory'");
            }
        };
    }

    static Upkeep upkeep(
            Configuration configuration, TokenStore store, @Nullable AuditLog log, Clock clock, Audit audit) {
        TokenRepository tokens = store.repository();
        NodeLocks shared = store.nodeLocks();
        NodeLocks locks = shared == null ? new InMemoryNodeLocks() : shared;
        Duration before = configuration.get(Settings.WARN_BEFORE_EXPIRY);
        ExpiryWarnings warnings = tokens == null || !audit.isHeard() || before.isZero()
                ? null
                : new ExpiryWarnings(tokens, locks, before, audit, clock);
        return new Upkeep(
                locks,
                tokens,
                log,
                warnings,
                new Upkeep.Keep(configuration.get(Settings.KEEP_DEAD_TOKENS), configuration.get(Settings.AUDIT_KEEP)),
                audit,
                clock);
    }

    /** The container's executor that the settings name; null: none. */
    @SuppressWarnings("BanJNDI") // the container's own names only, never a URL
    static @Nullable ScheduledExecutorService executor(Configuration configuration) {
        String name = configuration.find(Settings.EXECUTOR).orElse(null);
        if (name == null) return null;
        if (!name.startsWith("java:")) {
            throw new ConfigurationException("executor: a name in this server begins with 'java:'");
        }
        try {
            if (InitialContext.doLookup(name) instanceof ScheduledExecutorService service) return service;
            throw new ConfigurationException("executor: " + name + " is no ManagedScheduledExecutorService");
        } catch (NamingException e) {
            throw new ConfigurationException("executor: the container knows no " + name, e);
        }
    }
}
