package dev.scopegate.export;

import dev.scopegate.net.Network;
import java.util.List;
import java.util.Locale;

/**
 * What may leave of one resource, and whereto. Several limits hold together; the first one that is broken is named.
 *
 * @param mode whether it is enforced, or only counted
 * @param networks which may receive data; empty: all
 * @param limits in the order in which they are looked at
 */
public record ExportPolicy(Mode mode, List<Network> networks, List<ExportLimit> limits) {
    /** The most limits that one policy can have. */
    public static final int MOST_LIMITS = 32;

    public ExportPolicy {
        networks = List.copyOf(networks);
        limits = List.copyOf(limits);
        if (limits.size() > MOST_LIMITS) throw new IllegalArgumentException("a policy has at most 32 limits");
    }

    /** What becomes of a response that breaks a limit. */
    public enum Mode {
        /** It is refused, or stopped before the byte or record that would break it. */
        ENFORCE,
        /** It passes; the same is counted and told. */
        OBSERVE;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A policy that limits nothing. */
    public static final ExportPolicy UNLIMITED = new ExportPolicy(Mode.ENFORCE, List.of(), List.of());
}
