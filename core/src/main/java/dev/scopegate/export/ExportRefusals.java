package dev.scopegate.export;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.Problem;
import org.jspecify.annotations.Nullable;

/** The refusals of exports, from the facts they tell. */
final class ExportRefusals {
    private ExportRefusals() {}

    static Problem address(String resource, ClientAddress from) {
        return Problem.exportIpNotAllowed(resource, from.toString());
    }

    /** A limit per response. */
    static Problem response(String resource, ExportLimit limit, long requested) {
        return Problem.exportLimitExceeded(
                resource, limit.unit().wireName(), limit.per().wireName(), limit.max(), 0, requested, null, null);
    }

    /**
     * A limit per window, which time heals unless the request is larger than the whole limit.
     *
     * @param used what has left in this window before this response
     * @param requested what this response needs at least
     */
    static Problem window(String resource, ExportStanding standing, ExportLimit limit, long used, long requested) {
        boolean heals = standing.resetsAt() != null && requested <= limit.max();
        @Nullable Integer retryAfter = heals ? (int) Math.min(Integer.MAX_VALUE, standing.secondsLeft()) : null;
        return Problem.exportLimitExceeded(
                resource,
                limit.unit().wireName(),
                limit.per().wireName(),
                limit.max(),
                used,
                requested,
                standing.resetsAt(),
                retryAfter);
    }
}
