package dev.scopegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.ExportLimit;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.net.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link ExportPolicyStore} does. Extend it, open your store twice on the same place, and run it as a test. */
public abstract class ExportPolicyStoreContract {
    private static final ExportPolicy SOME = new ExportPolicy(
            ExportPolicy.Mode.OBSERVE,
            List.of(Network.parse("192.0.2.0/24"), Network.parse("2001:db8::/32")),
            List.of(
                    new ExportLimit(
                            ExportLimit.Unit.BYTES, ExportLimit.Per.DAY, 50_000_000_000L, ExportLimit.Subject.OWNER),
                    new ExportLimit(
                            ExportLimit.Unit.RECORDS, ExportLimit.Per.RESPONSE, 0, ExportLimit.Subject.EVERYONE)));

    /** A store of one node. All of one test share an empty place. */
    protected abstract ExportPolicyStore node() throws Exception;

    @Test
    void aPolicyHoldsOnEveryNodeFromTheMomentItIsThere() throws Exception {
        ExportPolicyStore one = node();
        ExportPolicyStore other = node();
        assertThat(other.find("dataset:a")).isNull();

        one.put("dataset:a", SOME);

        assertThat(other.find("dataset:a")).isEqualTo(SOME);
        assertThat(other.find("dataset:A")).isNull();
        assertThat(other.find("dataset:")).isNull();
        assertThat(one.find("dataset:a")).isEqualTo(SOME);
    }

    @Test
    void aPolicyTakesTheOthersPlace() throws Exception {
        ExportPolicyStore one = node();
        ExportPolicyStore other = node();
        one.put("dataset:a", SOME);

        other.put("dataset:a", ExportPolicy.UNLIMITED);

        assertThat(one.find("dataset:a")).isEqualTo(ExportPolicy.UNLIMITED);
        assertThat(one.all()).hasSize(1);
    }

    @Test
    void aPolicyThatIsTakenAwayIsGoneEverywhere() throws Exception {
        ExportPolicyStore one = node();
        ExportPolicyStore other = node();
        one.put("dataset:a", SOME);

        assertThat(other.remove("dataset:a")).isTrue();

        assertThat(one.find("dataset:a")).isNull();
        assertThat(one.remove("dataset:a")).isFalse();
    }

    @Test
    void allPoliciesAreListedByTheirResource() throws Exception {
        ExportPolicyStore store = node();
        store.put("dataset:b c/ü%\"'", SOME);
        store.put("dataset:a", ExportPolicy.UNLIMITED);
        store.put("x".repeat(ExportPolicyStore.LONGEST_RESOURCE), SOME);

        assertThat(store.all().keySet())
                .containsExactly("dataset:a", "dataset:b c/ü%\"'", "x".repeat(ExportPolicyStore.LONGEST_RESOURCE));
        assertThat(store.all().get("dataset:b c/ü%\"'")).isEqualTo(SOME);
    }
}
