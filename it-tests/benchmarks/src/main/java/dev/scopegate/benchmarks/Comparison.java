package dev.scopegate.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The same request, sent in turns to every application by one thread. A round is one short block of requests to each, so
 * that whatever else the machine does falls on all alike; the differences within a round are what counts.
 *
 * @param <A> what names an application
 */
public final class Comparison<A> implements AutoCloseable {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** One application, and what a request to it cost on average in each round. */
    private record Candidate(KeepAlive connection, List<Double> nanos, List<Double> bytes) {}

    private final Map<A, Candidate> candidates = new LinkedHashMap<>();
    private final List<Candidate> turn;

    /** A comparison of applications that have been opened; closes them in the end. */
    public Comparison(Map<A, KeepAlive> connections) {
        connections.forEach((one, connection) ->
                candidates.put(one, new Candidate(connection, new ArrayList<>(), new ArrayList<>())));
        turn = new ArrayList<>(candidates.values());
    }

    static Comparison<Application> of(Presented presented) {
        Map<Application, KeepAlive> connections = new EnumMap<>(Application.class);
        for (Application one : Application.values()) connections.put(one, KeepAlive.open(one, presented));
        return new Comparison<>(connections);
    }

    /** A round that does not count. */
    public void warmUp(int requests) {
        round(requests, false);
    }

    /** A round that does. */
    public void measure(int requests) {
        round(requests, true);
    }

    private void round(int requests, boolean counts) {
        Collections.rotate(turn, 1);
        for (Candidate one : turn) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long nanos = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < requests; i++) one.connection.send();
            nanos = THREADS.getCurrentThreadCpuTime() - nanos;
            bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
            if (!counts) continue;
            one.nanos.add((double) nanos / requests);
            one.bytes.add((double) bytes / requests);
        }
    }

    /** Nanoseconds of CPU time that a request costs altogether. */
    public Spread nanos(A one) {
        return Spread.of(candidate(one).nanos);
    }

    /** Bytes that a request allocates altogether. */
    public Spread bytes(A one) {
        return Spread.of(candidate(one).bytes);
    }

    /** Nanoseconds of CPU time that a request to one costs more than to the other. */
    public Spread nanos(A one, A other) {
        return Spread.of(differences(candidate(one).nanos, candidate(other).nanos));
    }

    /** Bytes that a request to one allocates more than to the other. */
    public Spread bytes(A one, A other) {
        return Spread.of(differences(candidate(one).bytes, candidate(other).bytes));
    }

    private Candidate candidate(A one) {
        return Objects.requireNonNull(candidates.get(one));
    }

    private static List<Double> differences(List<Double> one, List<Double> other) {
        return IntStream.range(0, one.size())
                .mapToObj(i -> one.get(i) - other.get(i))
                .toList();
    }

    @Override
    public void close() {
        turn.forEach(one -> one.connection.close());
    }
}
