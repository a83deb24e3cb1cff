package dev.scopegate.export;

import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The quotas of one response, one for each resource that limits it; all of them hold. For one thread at a time. */
final class Quotas {
    private final List<Quota> all = new ArrayList<>(1);

    List<Quota> all() {
        return all;
    }

    void add(Quota quota) {
        all.add(quota);
    }

    /** How far a sum may rise without any question; 0 where nothing may. */
    long covered(ExportLimit.Unit unit, long total) {
        long covered = total;
        for (int i = 0; i < all.size(); i++) covered = all.get(i).covered(unit, covered);
        return covered;
    }

    /** Whether both sums may rise so far without any question. */
    boolean cover(long bytes, long records) {
        return covered(ExportLimit.Unit.BYTES, bytes) >= bytes && covered(ExportLimit.Unit.RECORDS, records) >= records;
    }

    /** What is reserved stays on lease, whatever is taken first. */
    void reserve(Amount total) {
        for (Quota quota : all) quota.reserve(total);
    }

    void leave() {
        for (Quota quota : all) quota.leave();
    }

    void rewind() {
        for (Quota quota : all) quota.rewind();
    }

    RateLimitFields fields() {
        RateLimitFields fields = all.get(0).fields("");
        for (int i = 1; i < all.size(); i++) fields = fields.and(all.get(i).fields("-" + (i + 1)));
        return fields;
    }

    /**
     * Lets go of what waits in the windows that run now, settles, and tells what became of the response.
     *
     * @param taken all that was counted
     * @param left whether its beginning is on its way
     * @param stop why it was stopped before; null: it was not
     * @return why it is stopped at last
     */
    @Nullable Problem end(Amount taken, boolean left, @Nullable Problem stop) {
        Problem why = stop;
        for (Quota quota : all) {
            if (why == null) why = letGo(quota, taken);
        }
        Amount settled = sent(taken, left, why);
        for (Quota quota : all) {
            Problem failure = settle(quota, settled);
            if (why == null) why = failure;
        }
        Amount told = sent(taken, left, why);
        for (Quota quota : all) quota.tell(told, why);
        return why;
    }

    private static Amount sent(Amount taken, boolean left, @Nullable Problem stop) {
        return stop != null && !left ? Amount.NONE : taken;
    }

    private static @Nullable Problem letGo(Quota quota, Amount taken) {
        try {
            return quota.mayLeave(taken) ? null : quota.problem();
        } catch (Unavailable e) {
            return e.problem();
        }
    }

    /** What cannot be settled stays spent, so this stops the response only where it had not stopped before. */
    private static @Nullable Problem settle(Quota quota, Amount sent) {
        try {
            quota.settle(sent);
            return null;
        } catch (Unavailable e) {
            return e.problem();
        }
    }
}
