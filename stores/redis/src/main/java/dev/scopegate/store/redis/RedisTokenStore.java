package dev.scopegate.store.redis;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.KeyRing;
import dev.scopegate.store.NodeLocks;
import dev.scopegate.store.StoreHealth;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenChanges;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenUse;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in Redis or Valkey, shared by any number of nodes. A look-up is one command; a change is one script, which publishes
 * it, so that the other nodes hear of it at once and only if it happened. Safe for any number of threads.
 */
public final class RedisTokenStore implements TokenRepository {
    private static final int BATCH = 500;

    private final Servers servers;
    private final Keys keys;
    private final Feed feed;
    private final Keeper keeper;
    private final Line line;
    private final Writes writes;
    private final PageWalk pages;
    private final Scripts scripts = new Scripts();
    private final Denylist denylist;
    private final RedisExportLedger exportLedger;
    private final ExportPolicyStore exportPolicies;
    private final AuditLog auditLog;
    private final NodeLocks nodeLocks;
    private final KeyRing keyRing;
    private final GrantRepository grants;

    private RedisTokenStore(Servers servers, Keys keys, Configuration configuration, Feed feed) throws Unavailable {
        Duration timeout = configuration.get(RedisTokenStoreFactory.TIMEOUT);
        int replicas = configuration.get(RedisTokenStoreFactory.WAIT_REPLICAS);
        this.servers = servers;
        this.keys = keys;
        this.feed = feed;
        this.keeper = new Keeper(servers, keys, feed, timeout);
        this.line = keeper.open(timeout);
        // WAIT stops all that comes after it on its connection, which look-ups must not pay for
        Line writing = replicas == 0 ? line : keeper.open(timeout);
        this.writes = new Writes(
                writing, keys, feed, replicas, timeout.multipliedBy(3).dividedBy(4));
        this.pages = PageWalk.of(line, keys);
        this.denylist = RedisDenylist.of(line, writes);
        this.exportLedger = new RedisExportLedger(line, writes);
        this.exportPolicies = new RedisExportPolicies(line, writes);
        this.auditLog = new RedisAuditLog(line, keys);
        this.nodeLocks = RedisNodeLocks.of(writes);
        this.keyRing = RedisKeyRing.of(line, writes);
        this.grants = RedisGrants.of(line, writes);
    }

    /**
     * Connects, and begins to hear of changes.
     *
     * @throws ConfigurationException when Redis cannot be used
     */
    public static RedisTokenStore open(Configuration configuration) {
        Keys keys = Keys.of(configuration);
        Servers servers = new Servers(Address.of(configuration), keys, configuration);
        Feed feed = new Feed();
        RedisTokenStore store;
        try {
            store = new RedisTokenStore(servers, keys, configuration, feed);
        } catch (Unavailable e) {
            feed.close();
            servers.close();
            throw Refusals.of(e);
        }
        try {
            store.keeper.start();
            store.page(TokenQuery.all(), null, 1, Instant.EPOCH); // a user who may not run scripts is told now
            store.exportLedger.check();
            Precautions.check(store.line);
            return store;
        } catch (Unavailable e) {
            store.close(); // the keeper too, which would try for ever
            throw Refusals.of(e);
        }
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
        String id = presented.id();
        return id == null ? null : get(id);
    }

    @Override
    public @Nullable StoredToken get(String id) throws Unavailable {
        return TokenFields.read(fields(id));
    }

    private Map<String, String> fields(String id) throws Unavailable {
        return line.run(commands -> commands.hgetall(keys.token(id)));
    }

    @Override
    public TokenPage page(TokenQuery query, @Nullable TokenCursor after, int size, Instant now) throws Unavailable {
        return pages.read(query, after, size, now);
    }

    @Override
    public boolean add(StoredToken token, Instant now) throws Unavailable {
        List<String> arguments = new ArrayList<>();
        arguments.add(millis(now));
        arguments.addAll(TokenFields.of(token));
        TokenChange change = new TokenChange.OfToken(token.token().id());
        return writes.change(change, scripts.add(), arguments, added -> added == 1) == 1;
    }

    @Override
    public Replacement replace(StoredToken expected, StoredToken changed, Instant now) throws Unavailable {
        String id = changed.token().id();
        Map<String, String> fields = fields(id);
        StoredToken kept = TokenFields.read(fields);
        if (kept == null) return Replacement.ABSENT;
        if (kept.token().revokedAt() != null || !kept.isSameAs(expected)) return Replacement.CONFLICT;
        List<String> arguments = new ArrayList<>();
        arguments.add(millis(now));
        arguments.add(fields.getOrDefault(TokenFields.VERSION, ""));
        arguments.addAll(TokenFields.of(changed));
        String outcome = writes.change(new TokenChange.OfToken(id), scripts.replace(), arguments, "DONE"::equals);
        return Replacement.valueOf(outcome);
    }

    @Override
    public @Nullable AccessToken revoke(String id, Instant at, String by) throws Unavailable {
        List<String> arguments = List.of(id, String.valueOf(TokenCursor.micros(at)), by);
        // told also when it was revoked or deleted before: here nobody may have heard of it yet
        List<Object> now = writes.change(new TokenChange.OfToken(id), scripts.revoke(), arguments, told -> true);
        StoredToken token = TokenFields.read(now);
        return token == null ? null : token.token();
    }

    @Override
    public int revokeAllOf(String parent, Instant at, String by) throws Unavailable {
        List<String> arguments = List.of(parent, String.valueOf(TokenCursor.micros(at)), by);
        TokenChange change = new TokenChange.OfParent(parent);
        return Math.toIntExact(writes.change(change, scripts.revokeAllOf(), arguments, told -> true));
    }

    @Override
    public boolean delete(String id) throws Unavailable {
        return writes.change(new TokenChange.OfToken(id), scripts.delete(), List.of(id), told -> true) == 1;
    }

    @Override
    public int purge(Instant deadBefore, int most) throws Unavailable {
        int removed = 0;
        for (int last = BATCH; last == BATCH && removed < most; removed += last) {
            int batch = Math.min(BATCH, most - removed);
            List<String> arguments = List.of(String.valueOf(TokenCursor.micros(deadBefore)), String.valueOf(batch));
            last = Math.toIntExact(writes.quietly(scripts.purge(), arguments));
        }
        return removed;
    }

    @Override
    public void used(Collection<TokenUse> uses) throws Unavailable {
        List<TokenUse> all = List.copyOf(uses);
        for (int i = 0; i < all.size(); i += BATCH) {
            List<String> arguments = new ArrayList<>();
            for (TokenUse use : all.subList(i, Math.min(all.size(), i + BATCH))) {
                arguments.addAll(List.of(use.id(), String.valueOf(TokenCursor.micros(use.at())), use.ip()));
            }
            scripts.used().run(line, keys, arguments); // no replica is waited for: a use that is lost harms nobody
        }
    }

    private static String millis(Instant now) {
        return String.valueOf(now.toEpochMilli());
    }

    @Override
    public TokenChanges changes() {
        return feed;
    }

    @Override
    public Denylist denylist() {
        return denylist;
    }

    @Override
    public ExportLedger exportLedger() {
        return exportLedger;
    }

    @Override
    public ExportPolicyStore exportPolicies() {
        return exportPolicies;
    }

    @Override
    public AuditLog auditLog() {
        return auditLog;
    }

    @Override
    public NodeLocks nodeLocks() {
        return nodeLocks;
    }

    @Override
    public KeyRing keyRing() {
        return keyRing;
    }

    @Override
    public GrantRepository grants() {
        return grants;
    }

    @Override
    public StoreHealth health() {
        boolean answers = line.isSound() && writes.line().isSound();
        return answers ? feed.health() : feed.healthWithout("Redis does not answer");
    }

    @Override
    public void close() {
        keeper.close();
        feed.close();
        servers.close();
    }
}
