package dev.scopegate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.testkit.ExportPolicyStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFileExportPoliciesTest extends ExportPolicyStoreContract {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("policies.json");
    }

    @Override
    protected ExportPolicyStore node() {
        return JsonFileExportPolicies.open(file());
    }

    @Test
    void whatSomebodyWritesIntoTheFileHoldsAtOnce() throws Exception {
        ExportPolicyStore store = node();

        Files.writeString(
                file(), "{\"dataset:a\": {\"limits\": [{\"limit\": \"bytes\", \"per\": \"day\", \"max\": 5}]}}");

        ExportPolicy policy = Objects.requireNonNull(store.find("dataset:a"));
        assertThat(policy.mode()).isEqualTo(ExportPolicy.Mode.ENFORCE);
        assertThat(policy.limits()).hasSize(1);
    }

    @Test
    void anIllFormedOrMissingFileTellsNothingUntilItIsMended() throws Exception {
        ExportPolicyStore store = node();
        store.put("dataset:a", ExportPolicy.UNLIMITED);

        Files.writeString(file(), "{");
        assertThatThrownBy(() -> store.find("dataset:a")).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> store.put("dataset:b", ExportPolicy.UNLIMITED)).isInstanceOf(Unavailable.class);
        Files.delete(file());
        assertThatThrownBy(() -> store.find("dataset:a")).isInstanceOf(Unavailable.class);
        Files.writeString(file(), "{}");
        assertThat(store.find("dataset:a")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|it is not a JSON object",
                "{\"a\":{\"mode\":\"loud\"}}|the policy of 'a': the field 'mode' is none of its values",
                "{\"a\":{\"limits\":[{\"limit\":\"bytes\",\"per\":\"day\",\"max\":-1}]}}|'max' is not a whole number",
                "{\"a\":{\"limits\":[{\"limit\":\"bytes\",\"per\":\"day\",\"max\":1.5}]}}|'max' is not a whole number",
                "{\"a\":{\"limits\":[{\"limit\":\"bytes\",\"max\":1}]}}|the field 'per' is not a string",
                "{\"a\":{\"limits\":{}}}|the field 'limits' is not an array",
                "{\"a\":{\"network\":[]}}|a field other than",
                "{\"a\":{\"networks\":[\"10.0.0.1/8\"]}}|bits set beyond its prefix",
                "{\"a\":{},\"a\":{}}|cannot be read",
            })
    void anIllFormedFileStopsTheStart(String content, String complaint) throws Exception {
        Files.writeString(file(), content);

        assertThatThrownBy(this::node)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("export-policies: ")
                .hasMessageContaining(complaint);
    }
}
