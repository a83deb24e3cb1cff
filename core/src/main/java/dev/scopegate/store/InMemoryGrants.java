package dev.scopegate.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Grants that one process knows and that end with it: its clients authenticate again after a restart. */
public final class InMemoryGrants implements GrantRepository {
    private final Map<String, Grant> byId = new LinkedHashMap<>();

    @Override
    public synchronized void add(Grant grant, Instant now) {
        byId.values().removeIf(one -> !one.expiresAt().isAfter(now));
        byId.put(grant.refreshId(), grant);
    }

    @Override
    public synchronized @Nullable Grant get(String refreshId) {
        return byId.get(refreshId);
    }

    @Override
    public synchronized boolean redeem(String refreshId, Instant at, String sealed, Instant forgetBefore) {
        byId.replaceAll((id, one) -> isOver(one, forgetBefore) ? one.withoutAnswer() : one);
        Grant grant = byId.get(refreshId);
        if (grant == null || grant.redeemedAt() != null) return false;
        byId.put(refreshId, grant.redeemed(at, sealed));
        return true;
    }

    private static boolean isOver(Grant grant, Instant forgetBefore) {
        Instant redeemed = grant.redeemedAt();
        return grant.sealedAnswer() != null && redeemed != null && redeemed.isBefore(forgetBefore);
    }

    @Override
    public synchronized List<Grant> family(String family) {
        return byId.values().stream().filter(one -> one.family().equals(family)).toList();
    }

    @Override
    public synchronized void remove(String refreshId) {
        byId.remove(refreshId);
    }
}
