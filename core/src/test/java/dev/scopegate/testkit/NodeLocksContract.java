package dev.scopegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.NodeLocks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How nodes take turns. Extend it, open your store twice on the same place, and run it as a test. */
public abstract class NodeLocksContract {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(30);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String name = "test:" + UUID.randomUUID();

    /** The locks as one more node sees them. All of one test share a place. */
    protected abstract NodeLocks node() throws Exception;

    @Test
    void ofTwoNodesOneHasTheLockUntilItGivesItBack() throws Exception {
        NodeLocks one = node();
        NodeLocks other = node();
        assertThat(one.take(name, "one", LONG)).isTrue();

        assertThat(other.take(name, "other", LONG)).isFalse();
        other.giveBack(name, "other");
        assertThat(other.take(name, "other", LONG)).isFalse();
        assertThat(other.take(name + ".", "other", LONG)).isTrue();

        one.giveBack(name, "one");
        assertThat(other.take(name, "other", LONG)).isTrue();
        assertThat(one.take(name, "one", LONG)).isFalse();
    }

    @Test
    void whoeverHasALockCanProlongIt() throws Exception {
        NodeLocks one = node();
        NodeLocks other = node();
        assertThat(one.take(name, "one", SHORT)).isTrue();
        assertThat(one.take(name, "one", LONG)).isTrue();

        long start = System.nanoTime();
        while (System.nanoTime() - start < SHORT.toNanos() * 2) {
            assertThat(other.take(name, "other", LONG)).isFalse();
        }
    }

    @Test
    void theLockOfANodeThatDiesIsFreeWhenItsTimeIsOver() throws Exception {
        assertThat(node().take(name, "dead", SHORT)).isTrue();
        NodeLocks other = node();

        long start = System.nanoTime();
        while (!other.take(name, "other", LONG))
            assertThat(System.nanoTime() - start).isLessThan(PATIENCE_NANOS);

        node().giveBack(name, "dead"); // who comes to life again has lost it
        assertThat(node().take(name, "third", LONG)).isFalse();
    }

    @Test
    void ofThirtyTwoThreadsOnTwoNodesOneGetsALock() throws Exception {
        List<NodeLocks> nodes = List.of(node(), node());

        List<Boolean> taken = AtOnce.run(32, thread -> nodes.get(thread % 2).take(name, "holder " + thread, LONG));

        assertThat(taken).containsOnlyOnce(true);
    }
}
