package dev.scopegate.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints what the filters cost over the bare servlet, as a Markdown table: medians of paired differences, with quartiles.
 * Meant for machines that others use too, where a benchmark that runs one candidate after the other measures its
 * neighbours. Warms up until the compiler has been silent for a while.
 */
public final class Paired {
    private static final int REQUESTS = 250;
    private static final int ROUNDS = 400;
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Paired() {}

    public static void main(String[] arguments) {
        Map<Presented, Comparison<Application>> all = new EnumMap<>(Presented.class);
        for (Presented one : Presented.values()) all.put(one, Comparison.of(one));
        boolean silent = WarmUp.untilTheCompilerIsSilent(
                () -> all.values().forEach(one -> one.warmUp(REQUESTS)), SILENCE, PATIENCE);
        for (int round = 0; round < ROUNDS; round++) {
            for (Comparison<Application> one : all.values()) one.measure(REQUESTS);
        }
        print(all, silent);
        all.values().forEach(Comparison::close);
    }

    private static void print(Map<Presented, Comparison<Application>> all, boolean silent) {
        List<String> lines = new ArrayList<>();
        lines.add("| request | in front of the servlet | net ns: median (quartiles)"
                + " | ns over the minimal filter: median (quartiles)"
                + " | ns over the one that answers the same: median (quartiles) | net bytes |");
        lines.add("|---|---|---|---|---|---|");
        all.forEach((presented, costs) -> {
            for (Application one : Application.values()) {
                if (one != Application.BARE) lines.add(line(presented, one, costs));
            }
        });
        Comparison<Application> valid = all.get(Presented.VALID);
        if (valid != null) {
            lines.add("");
            lines.add(String.format(
                    Locale.ROOT,
                    "The bare servlet: %s ns and %.0f bytes a request. %d rounds of %d requests each.%s",
                    text(valid.nanos(Application.BARE)),
                    valid.bytes(Application.BARE).median(),
                    ROUNDS,
                    REQUESTS,
                    silent ? "" : " The compiler was not silent yet: measure again."));
        }
        System.out.println(String.join(System.lineSeparator(), lines));
    }

    private static String line(Presented presented, Application one, Comparison<Application> costs) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %.0f |",
                presented.words(),
                one.words(),
                text(costs.nanos(one, Application.BARE)),
                one == Application.MINIMAL ? "" : text(costs.nanos(one, Application.MINIMAL)),
                one.isScopegate() ? text(costs.nanos(one, Application.ANSWERING)) : "",
                costs.bytes(one, Application.BARE).median());
    }

    private static String text(Spread spread) {
        return String.format(Locale.ROOT, "%,.0f (%,.0f to %,.0f)", spread.median(), spread.lower(), spread.upper());
    }
}
