package dev.scopegate.export;

import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The meter of one limited response. Code that streams records calls {@link #record} before it writes each one, and may ask
 * with {@link #reserve} before work starts; everything else is the adapters'. The last bytes of a response wait until
 * {@link #finish}. Safe for several threads.
 */
public final class ExportMeter {
    /** The request attribute that holds the response's meter. */
    public static final String ATTRIBUTE = "dev.scopegate.export.meter";

    /** How many bytes are looked at for records at once; and where not all of them are on lease. */
    private static final int PIECE = 8_192;

    private static final int FINE_PIECE = 1_024;

    private static final ExportMeter UNLIMITED = new ExportMeter();

    private final ReentrantLock lock = new ReentrantLock();
    private final Quotas quotas = new Quotas();
    private final boolean head;
    private long bytes;
    private long records;
    private @Nullable RecordLines lines;
    private boolean recordsDeclared;
    private boolean counted = true;
    private boolean left;
    private boolean closed;
    private volatile @Nullable Problem stopped; // written under the lock

    private ExportMeter() {
        head = true;
    }

    ExportMeter(Quota quota, boolean head) {
        this.head = head;
        quotas.add(quota);
    }

    /**
     * The meter of a request's response, by its attributes ({@code request::getAttribute}); one that counts nothing where the
     * response is not limited.
     */
    public static ExportMeter current(Function<String, @Nullable Object> attributes) {
        return attributes.apply(ATTRIBUTE) instanceof ExportMeter meter ? meter : UNLIMITED;
    }

    /**
     * One more record is about to be written. From the first call on, records are no longer counted by lines.
     *
     * @throws ExportStopped when it would break a limit; nothing more leaves then
     */
    public void record() throws ExportStopped {
        records(1);
    }

    /** As many more records are about to be written: all of them, or the response stops. */
    public void records(long more) throws ExportStopped {
        if (more < 0) throw new IllegalArgumentException("a number of records is 0 or more");
        lock.lock();
        try {
            requireGoing();
            if (!counted) return;
            if (head) {
                requireRaised(0, more); // a size that is declared; nothing is counted
                return;
            }
            if (!recordsDeclared) {
                recordsDeclared = true;
                lines = null;
            }
            requireRaised(bytes, Math.addExact(records, more));
            records += more;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks, before work starts, whether so much more may leave; what is reserved and not used is given back at the end.
     *
     * @throws ExportStopped when it may not; nothing leaves then
     */
    public void reserve(long moreBytes, long moreRecords) throws ExportStopped {
        if (moreBytes < 0 || moreRecords < 0) throw new IllegalArgumentException("an amount is 0 or more");
        lock.lock();
        try {
            requireGoing();
            long allBytes = Math.addExact(bytes, moreBytes);
            long allRecords = Math.addExact(records, moreRecords);
            quotas.reserve(new Amount(allBytes, allRecords));
            requireRaised(allBytes, allRecords);
        } finally {
            lock.unlock();
        }
    }

    /** The response says how many bytes its body will have; the adapter's next write fails when that is too many. */
    public void declareLength(long total) {
        lock.lock();
        try {
            if (stopped != null || !counted || total <= bytes) return;
            quotas.reserve(new Amount(total, 0));
            var unused = raised(total, records);
        } finally {
            lock.unlock();
        }
    }

    /** The body's media type: one that has a line for each record is counted by lines, unless the code counts. */
    public void countLines(@Nullable String mediaType) {
        lock.lock();
        try {
            if (!recordsDeclared && lines == null) lines = RecordLines.of(mediaType);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What follows is no data of the resource, such as an error's answer: nothing of it is counted, and what was counted and has
     * not left is taken back.
     */
    public void countNothing() {
        lock.lock();
        try {
            counted = false;
            if (!left) rewind();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts what is about to be written.
     *
     * @return how many of the bytes may be written; fewer than {@code length} when the response has to stop there, none where
     *     nothing has left yet
     */
    public int take(byte[] body, int offset, int length) {
        lock.lock();
        try {
            if (stopped != null) return 0;
            if (head || !counted) return length;
            long bytesBefore = bytes;
            long recordsBefore = records;
            int taken = 0;
            while (taken < length && stopped == null) taken += takePart(body, offset + taken, length - taken);
            Problem why = stopped;
            // what is refused before it leaves has nothing on lease any more; nothing leaves while the ledger is away
            if (why == null || (left && !why.code().equals(Problem.UNAVAILABLE))) return taken;
            bytes = bytesBefore;
            records = recordsBefore;
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts all of what is about to be written, or stops the response.
     *
     * @throws ExportStopped when not all of it may be written; nothing of it is counted then
     */
    public void takeAll(byte[] body, int offset, int length) throws ExportStopped {
        lock.lock();
        try {
            requireGoing();
            if (head || !counted) return;
            int begun = lines == null ? 0 : lines.count(body, offset, offset + length);
            if (raised(bytes + length, records + begun)) {
                bytes += length;
                records += begun;
            }
            requireGoing();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what is on lease, up to a record that is not, or gets more on lease: what the ledger is told of by that has been
     * taken, whatever becomes of the rest.
     */
    private int takePart(byte[] body, int offset, int length) {
        int part = (int) (most(ExportLimit.Unit.BYTES, bytes + length) - bytes);
        if (lines != null && part > 0) part = takeLines(lines, body, offset, part);
        bytes += part;
        return part;
    }

    /** In pieces, so that little is read twice where a lease ends. */
    private int takeLines(RecordLines found, byte[] body, int offset, int length) {
        int end = offset + length;
        int piece = PIECE;
        for (int at = offset; at < end; ) {
            int pieceEnd = Math.min(end, at + piece);
            int before = found.state();
            long all = records + found.count(body, at, pieceEnd);
            long most = all == records ? all : covered(ExportLimit.Unit.RECORDS, all);
            if (most < all) {
                found.restore(before);
                if (piece == PIECE) {
                    piece = FINE_PIECE;
                    continue;
                }
                at = skip(found, body, at, pieceEnd, most);
                if (at == offset) most(ExportLimit.Unit.RECORDS, all);
                return at - offset;
            }
            records = all;
            at = pieceEnd;
        }
        return length;
    }

    /** Goes on to the record that is one more than so many; where it begins. */
    private int skip(RecordLines found, byte[] body, int from, int end, long most) {
        int at = found.next(body, from, end);
        for (; records < most; records++) at = found.next(body, found.begun(body, at, end), end);
        return at;
    }

    /** How far a sum may rise without any question. */
    private long covered(ExportLimit.Unit unit, long total) {
        return Math.max(quotas.covered(unit, total), had(unit));
    }

    /** How far a sum may rise; where nothing of it is on lease, it is leased. */
    private long most(ExportLimit.Unit unit, long total) {
        long covered = covered(unit, total);
        long had = had(unit);
        if (covered > had) return covered;
        long most = total;
        try {
            for (Quota quota : quotas.all()) {
                long own = quota.covered(unit, most);
                if (own <= had) own = quota.raise(unit, taken(), most);
                if (own <= had) {
                    stop(quota);
                    return had;
                }
                most = own;
            }
            return most;
        } catch (Unavailable e) {
            stopped = e.problem();
            return had;
        }
    }

    private long had(ExportLimit.Unit unit) {
        return unit == ExportLimit.Unit.BYTES ? bytes : records;
    }

    /** Whether both sums may rise so far. */
    private boolean raised(long allBytes, long allRecords) {
        if (stopped != null || quotas.cover(allBytes, allRecords)) return stopped == null;
        Amount all = new Amount(allBytes, allRecords);
        try {
            for (Quota quota : quotas.all()) {
                if (quota.raise(taken(), all)) continue;
                stop(quota);
                return false;
            }
            return true;
        } catch (Unavailable e) {
            stopped = e.problem();
            return false;
        }
    }

    private void requireRaised(long allBytes, long allRecords) throws ExportStopped {
        if (!raised(allBytes, allRecords)) requireGoing();
    }

    private Amount taken() {
        return new Amount(bytes, records);
    }

    private void stop(Quota quota) {
        if (stopped == null) stopped = Objects.requireNonNull(quota.problem());
    }

    private void requireGoing() throws ExportStopped {
        Problem why = stopped;
        if (why != null) throw new ExportStopped(why);
    }

    /** The first byte is about to leave: what is counted from now on cannot be taken back. */
    public void leave() {
        lock.lock();
        try {
            left = true;
            quotas.leave();
        } finally {
            lock.unlock();
        }
    }

    /** What was counted has not left and never will: it is taken back. What has left cannot be. */
    public void rewind() {
        lock.lock();
        try {
            if (left) return;
            bytes = 0;
            records = 0;
            lines = null;
            quotas.rewind();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that were counted are counted by somebody else: they are taken back. */
    public void takeBack(long fewer) {
        lock.lock();
        try {
            if (!head && counted) bytes -= fewer;
        } finally {
            lock.unlock();
        }
    }

    /** Another limited resource writes into the same response: its limits hold from now on, too. */
    public void join(ExportMeter other) {
        lock.lock();
        try {
            for (Quota quota : other.quotas.all()) {
                quota.startAt(taken());
                if (left) quota.leave();
                quotas.add(quota);
            }
            if (closed) end(other.quotas); // nothing more leaves
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing more may leave; null while it may. */
    public @Nullable Problem stopped() {
        return stopped;
    }

    /** The limits of the response as they stood before it, those of every resource in it. */
    public RateLimitFields fields() {
        lock.lock();
        try {
            return quotas.fields();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Settles what has left and what is about to: called before the last bytes are sent, or after the response was stopped.
     *
     * @throws ExportStopped when the ledger cannot be told, or a window has ended and the next one has no room for what has
     *     waited; the last bytes, or all of them where none has left, must not leave then
     */
    public void finish() throws ExportStopped {
        lock.lock();
        try {
            if (closed) return;
            closed = true;
            end(quotas);
        } finally {
            lock.unlock();
        }
        requireGoing();
    }

    private void end(Quotas ending) {
        stopped = ending.end(taken(), left, stopped);
    }
}
