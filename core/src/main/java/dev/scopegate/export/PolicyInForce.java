package dev.scopegate.export;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A policy as one response is held to it.
 *
 * @param policy the policy
 * @param claims of its limits per window
 * @param roomForBytes in a policy that observes, the total of bytes above which it would have refused
 * @param roomForRecords the same of records
 */
record PolicyInForce(ExportPolicy policy, List<ExportClaim> claims, long roomForBytes, long roomForRecords) {
    /** Before a policy was read. */
    static final PolicyInForce NONE =
            new PolicyInForce(ExportPolicy.UNLIMITED, List.of(), Long.MAX_VALUE, Long.MAX_VALUE);

    /** This one, unless the policy has changed. */
    PolicyInForce changedTo(ExportPolicy now, Exporter exporter) {
        if (now.equals(policy)) return this;
        return new PolicyInForce(now, exporter.claims(now), Long.MAX_VALUE, Long.MAX_VALUE);
    }

    boolean observes() {
        return policy.mode() == ExportPolicy.Mode.OBSERVE;
    }

    boolean claims(ExportLimit.Unit unit) {
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i).account().unit() == unit) return true;
        }
        return false;
    }

    /** The most that limits per response let out. */
    long mostPerResponse(ExportLimit.Unit unit) {
        long most = Long.MAX_VALUE;
        for (ExportLimit limit : policy.limits()) {
            if (limit.per() == ExportLimit.Per.RESPONSE && limit.unit() == unit) most = Math.min(most, limit.max());
        }
        return most;
    }

    /** The tightest limit per response that is smaller than a total. */
    @Nullable ExportLimit brokenPerResponse(ExportLimit.Unit unit, long total) {
        ExportLimit broken = null;
        for (ExportLimit limit : policy.limits()) {
            if (limit.per() != ExportLimit.Per.RESPONSE || limit.unit() != unit || limit.max() >= total) continue;
            if (broken == null || limit.max() < broken.max()) broken = limit;
        }
        return broken;
    }

    /** The tightest limit that an account is claimed for. */
    ExportLimit limit(ExportStanding standing) {
        ExportAccount account = standing.claim().account();
        ExportLimit tightest = null;
        for (ExportLimit limit : policy.limits()) {
            boolean same = limit.unit() == account.unit()
                    && limit.per() == account.per()
                    && limit.subject() == account.subject();
            if (same && (tightest == null || limit.max() < tightest.max())) tightest = limit;
        }
        return Objects.requireNonNull(tightest);
    }

    /** The same, with how its accounts stand when a response has so much behind it. */
    PolicyInForce standing(List<ExportStanding> standings, Amount behind) {
        long bytes = Long.MAX_VALUE;
        long records = Long.MAX_VALUE;
        for (ExportStanding standing : standings) {
            ExportLimit limit = limit(standing);
            long room =
                    Math.max(0, limit.max() - standing.used()) + limit.unit().of(behind);
            if (limit.unit() == ExportLimit.Unit.BYTES) bytes = Math.min(bytes, room);
            else records = Math.min(records, room);
        }
        return new PolicyInForce(policy, claims, bytes, records);
    }

    long room(ExportLimit.Unit unit) {
        return unit == ExportLimit.Unit.BYTES ? roomForBytes : roomForRecords;
    }

    /** Whether so much more than what was delivered breaks a limit. */
    boolean isBroken(List<ExportStanding> standings, Amount more) {
        for (ExportStanding standing : standings) {
            ExportLimit limit = limit(standing);
            if (limit.max() - standing.used() < limit.unit().of(more)) return true;
        }
        return false;
    }
}
