package dev.scopegate.jaxrs;

import dev.scopegate.problem.ErrorEnvelope;
import dev.scopegate.problem.Problem;

/** An error envelope on its way out: a type of its own, so that only our writer fits it, whatever is registered. */
final class Envelope {
    private final byte[] json;

    Envelope(Problem problem) {
        this.json = ErrorEnvelope.of(problem);
    }

    /** The body in UTF-8. */
    byte[] json() {
        return json;
    }
}
