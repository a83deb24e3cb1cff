package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.TokenChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Changes that are told: here before the call returns, on other nodes by the script that makes them.
 *
 * @param replicas how many must have a change before it counts as made
 * @param patience how long they are waited for, shorter than an answer is
 */
record Writes(Line line, Keys keys, Feed feed, int replicas, Duration patience) {
    /**
     * Runs a script whose first argument is the message that it publishes.
     *
     * @param done whether what it answered means that it changed something
     */
    <T> T change(TokenChange change, Script<T> script, List<String> arguments, Predicate<T> done) throws Unavailable {
        T outcome;
        try {
            List<String> all = new ArrayList<>();
            all.add(feed.message(change));
            all.addAll(arguments);
            outcome = quietly(script, all);
        } catch (Unavailable e) {
            feed.tellInDoubt(change);
            throw e;
        }
        if (done.test(outcome)) feed.tell(change);
        return outcome;
    }

    /** Runs a script that publishes nothing. */
    <T> T quietly(Script<T> script, List<String> arguments) throws Unavailable {
        T outcome = script.run(line, keys, arguments);
        awaitReplicas();
        return outcome;
    }

    /** Sends a command that publishes nothing. */
    <T> T quietly(Line.Command<T> command) throws Unavailable {
        T outcome = line.run(command);
        awaitReplicas();
        return outcome;
    }

    private void awaitReplicas() throws Unavailable {
        if (replicas == 0) return;
        long have = line.run(commands -> commands.waitForReplication(replicas, patience.toMillis()));
        if (have < replicas) throw new Unavailable("too few replicas have taken the change", null);
    }
}
