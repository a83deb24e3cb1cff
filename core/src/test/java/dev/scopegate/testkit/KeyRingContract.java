package dev.scopegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.KeyRing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link KeyRing} does. Extend it, open yours twice on the same place, and run it as a test. */
public abstract class KeyRingContract {
    /** A ring of one node. All of one test share an empty place. */
    protected abstract KeyRing node() throws Exception;

    @Test
    void beforeAnythingIsKeptThereIsNothing() throws Exception {
        assertThat(node().read()).isEqualTo(KeyRing.Kept.NOTHING);
    }

    @Test
    void whatIsPutThereIsReadOnEveryNode() throws Exception {
        KeyRing one = node();
        KeyRing other = node();
        String text = "a secret\nin two lines, ü, \"quoted\", " + "x".repeat(60_000);

        assertThat(one.replace(one.read(), text)).isTrue();

        assertThat(other.read().text()).isEqualTo(text);
        assertThat(other.read().version()).isNotZero();
        assertThat(other.read()).isEqualTo(one.read());
        assertThat(one.read().toString()).doesNotContain("secret");
    }

    @Test
    void whoeverHasSeenSomethingOlderReplacesNothing() throws Exception {
        KeyRing one = node();
        KeyRing other = node();
        KeyRing.Kept nothing = other.read();
        assertThat(one.replace(nothing, "first")).isTrue();
        KeyRing.Kept first = one.read();
        assertThat(other.replace(nothing, "late")).isFalse();
        assertThat(one.replace(first, "second")).isTrue();
        assertThat(one.replace(one.read(), "first")).isTrue();

        assertThat(other.replace(first, "late")).isFalse(); // the same text, but not the same state
        assertThat(other.read().text()).isEqualTo("first");
    }

    @Test
    void ofManyWhoReplaceTheSameOnTwoNodesOneSucceeds() throws Exception {
        KeyRing one = node();
        KeyRing other = node();
        for (int round = 0; round < 4; round++) {
            KeyRing.Kept seen = one.read();
            String name = "round " + round + " of ";

            List<Boolean> done = AtOnce.run(16, thread -> (thread % 2 == 0 ? one : other).replace(seen, name + thread));

            assertThat(done).containsOnlyOnce(true);
            assertThat(other.read().text()).isEqualTo(name + done.indexOf(true));
        }
    }
}
