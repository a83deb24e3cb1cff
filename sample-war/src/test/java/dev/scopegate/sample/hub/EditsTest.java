package dev.scopegate.sample.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.sample.data.Dataset;
import dev.scopegate.sample.data.Datasets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final Dataset penguins = Objects.requireNonNull(Datasets.demo().find("penguins"));
    private final Dataset clinic = Objects.requireNonNull(Datasets.demo().find("clinic"));

    @TempDir
    Path folder;

    @Test
    void a_dataset_begins_with_version_1_and_its_own_title() throws Exception {
        Edition edition = Edits.open(Home.open(folder)).of(penguins);

        assertThat(edition.version()).isEqualTo(1);
        assertThat(edition.title()).isEqualTo("Palmer penguins");
        assertThat(edition.updatedAt()).isNull();
    }

    @Test
    void a_change_is_there_after_a_restart() throws Exception {
        Edits edits = Edits.open(Home.open(folder));
        edits.change(penguins, present -> present.retitled("Pinguine „Ü“", null, NOW));
        Edition changed = edits.change(penguins, present -> present.released(NOW));

        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.description()).isEqualTo(penguins.about().description());
        assertThat(edits.of(penguins)).isEqualTo(changed);
        assertThat(Edits.open(Home.open(folder)).of(penguins)).isEqualTo(changed);
        assertThat(edits.of(clinic).version()).isEqualTo(1);
    }

    @Test
    void changes_at_once_in_two_processes_are_all_kept() throws Exception {
        List<Edits> processes = List.of(Edits.open(Home.open(folder)), Edits.open(Home.open(folder)));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Edits edits = processes.get(i % 2);
                Dataset dataset = i % 4 < 2 ? penguins : clinic;
                all.add(threads.submit(() -> edits.change(dataset, present -> present.released(NOW))));
            }
            for (Future<?> one : all) one.get();
        } finally {
            threads.shutdownNow();
        }

        Edits after = Edits.open(Home.open(folder));
        assertThat(after.of(penguins).version()).isEqualTo(21);
        assertThat(after.of(clinic).version()).isEqualTo(21);
    }

    @Test
    void a_file_that_is_broken_is_named() throws Exception {
        Files.writeString(folder.resolve("datasets.json"), "{\"penguins\":{\"title\":\"x\"}}");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Edits.open(Home.open(folder)))
                .withMessageContaining("datasets.json");
    }
}
