package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator is warned of at the start, as far as the user may ask for it. */
final class Precautions {
    private static final Logger LOG = LoggerFactory.getLogger(Precautions.class);
    private static final String POLICY = "maxmemory-policy";

    private Precautions() {}

    static void check(Line line) {
        try {
            Map<String, String> answer = line.run(commands -> commands.configGet(POLICY));
            String policy = answer.getOrDefault(POLICY, "noeviction");
            if (!policy.equals("noeviction")) {
                LOG.warn(
                        "Redis may remove tokens, denials and sums of exports when its memory is full: set {} to noeviction, it is {}",
                        POLICY,
                        policy);
            }
        } catch (Unavailable e) {
            LOG.debug("the server's {} cannot be asked for: {}", POLICY, e.getMessage());
        }
    }
}
