package dev.scopegate.sample.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final Instant EARLY = Instant.parse("2025-01-01T00:00:00Z");

    private static Statistics of(String dataset, String variable) {
        Dataset found = Objects.requireNonNull(Datasets.demo().find(dataset));
        List<String> names =
                found.table().variables().stream().map(Variable::name).toList();
        return found.statistics().get(names.indexOf(variable));
    }

    @Test
    void numbers_have_extremes_mean_and_deviation() {
        Statistics mass = of("penguins", "body_mass_g");

        assertThat(mass.count()).isEqualTo(342);
        assertThat(mass.missing()).isEqualTo(2);
        assertThat(mass.min()).isEqualTo(2_700L);
        assertThat(mass.max()).isEqualTo(6_300L);
        assertThat(mass.mean()).isCloseTo(4_201.754, within(0.001));
        assertThat(mass.sd()).isCloseTo(801.955, within(0.001));
        assertThat(mass.distinct()).isNull();
        assertThat(mass.top()).isEmpty();
    }

    @Test
    void texts_have_their_most_frequent_values() {
        Statistics species = of("penguins", "species");

        assertThat(species.distinct()).isEqualTo(3);
        assertThat(species.top())
                .hasToString("[Frequency[value=Adelie, count=152], Frequency[value=Gentoo, count=124],"
                        + " Frequency[value=Chinstrap, count=68]]");
        assertThat(species.min()).isNull();
        assertThat(of("penguins", "sex").missing()).isEqualTo(11);
    }

    @Test
    void a_text_that_stands_in_one_row_is_not_told() {
        Statistics patients = of("clinic", "patient");

        assertThat(patients.distinct()).isEqualTo(600);
        assertThat(patients.top()).isEmpty();
    }

    @Test
    void a_million_rows_are_summed_up() {
        Statistics temperature = of("measurements", "temperature_c");

        assertThat(temperature.count() + temperature.missing()).isEqualTo(1_000_000);
        assertThat(temperature.missing()).isBetween(1_500L, 2_500L);
        assertThat(of("measurements", "station").distinct()).isEqualTo(100);
        assertThat(of("measurements", "measured_at").min()).isEqualTo(EARLY);
    }

    @Test
    void a_variable_without_values_has_no_mean() {
        Statistics none = Statistics.of(new Rows(List.of(Variable.number("x", "")), new Object[][] {{null}, {null}}))
                .get(0);

        assertThat(none).isEqualTo(new Statistics(0, 2, null, null, null, null, null, List.of()));
    }
}
