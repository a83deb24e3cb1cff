package dev.scopegate.peers;

import dev.scopegate.benchmarks.Comparison;
import dev.scopegate.benchmarks.KeepAlive;
import dev.scopegate.benchmarks.Presented;
import dev.scopegate.benchmarks.Spread;
import dev.scopegate.benchmarks.WarmUp;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints what each library costs over the same application without it, as a Markdown table: medians of paired differences,
 * with quartiles. The arguments name the groups; all of them, without.
 */
public final class Peers {
    private static final int REQUESTS = 250;
    private static final int ROUNDS = 400;
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Peers() {}

    public static void main(String[] arguments) {
        List<Group> groups = arguments.length == 0
                ? List.of(Group.values())
                : Arrays.stream(arguments)
                        .map(name -> Group.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList();
        System.out.println(
                "| request | guarded by | net ns: median (quartiles) | net bytes | ns, times ours | bytes, times ours |");
        System.out.println("|---|---|---|---|---|---|");
        groups.forEach(Peers::measure);
    }

    private static void measure(Group group) {
        Map<Presented, Comparison<Peer>> all = new EnumMap<>(Presented.class);
        for (Presented presented : group.requests()) {
            Map<Peer, KeepAlive> connections = new EnumMap<>(Peer.class);
            for (Peer one : group.peers()) connections.put(one, one.open(presented));
            all.put(presented, new Comparison<>(connections));
        }
        boolean silent = WarmUp.untilTheCompilerIsSilent(
                () -> all.values().forEach(one -> one.warmUp(REQUESTS)), SILENCE, PATIENCE);
        for (int round = 0; round < ROUNDS; round++) {
            for (Comparison<Peer> one : all.values()) one.measure(REQUESTS);
        }
        all.forEach((presented, costs) -> print(group, presented, costs));
        if (!silent) System.out.println("The compiler was not silent yet: measure " + group + " again.");
        all.values().forEach(Comparison::close);
    }

    private static void print(Group group, Presented presented, Comparison<Peer> costs) {
        Spread ourNanos = costs.nanos(group.ours(), group.base());
        Spread ourBytes = costs.bytes(group.ours(), group.base());
        for (Peer one : group.peers()) {
            boolean base = one == group.base();
            Spread nanos = base ? costs.nanos(one) : costs.nanos(one, group.base());
            Spread bytes = base ? costs.bytes(one) : costs.bytes(one, group.base());
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %,.0f (%,.0f to %,.0f)%s | %,.0f | %s | %s |%n",
                    presented.words(),
                    one.words(),
                    nanos.median(),
                    nanos.lower(),
                    nanos.upper(),
                    base ? " in all" : "",
                    bytes.median(),
                    base ? "" : times(nanos.median(), ourNanos.median()),
                    base ? "" : times(bytes.median(), ourBytes.median()));
        }
    }

    /** Nothing where ours costs less than nothing, as a refusal does before Jersey has begun. */
    private static String times(double theirs, double ours) {
        return ours <= 0 ? "" : String.format(Locale.ROOT, "%.1f", theirs / ours);
    }
}
