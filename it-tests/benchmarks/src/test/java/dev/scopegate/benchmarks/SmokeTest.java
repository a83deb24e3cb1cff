package dev.scopegate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** That the benchmarks run, and measure what they say. */
class SmokeTest {
    @Test
    void everyBenchmarkRunsOnce() throws Exception {
        OptionsBuilder once = new OptionsBuilder();
        once.forks(0)
                .mode(Mode.SingleShotTime)
                .warmupIterations(0)
                .measurementIterations(1)
                .timeout(new TimeValue(1, TimeUnit.MINUTES))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);

        int requests = Application.values().length * Presented.values().length;
        assertThat(new Runner(once.build()).run()).hasSize(requests + 4);
    }

    @ParameterizedTest
    @EnumSource(Presented.class)
    void requestsGetTheAnswersThatAreMeasured(Presented presented) {
        for (Application application : Application.values()) {
            try (KeepAlive connection = KeepAlive.open(application, presented)) {
                for (int i = 0; i < 10; i++) {
                    assertThat(connection.send()).as("%s", application).isEqualTo(presented.statusFrom(application));
                }
                boolean body = connection.answer().contains("{\"ok\":true}");
                assertThat(body).isEqualTo(presented.statusFrom(application) == 200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Presented.class)
    void theFilterByHandAnswersWithTheSameBytes(Presented presented) {
        try (KeepAlive byHand = KeepAlive.open(Application.ANSWERING, presented);
                KeepAlive ours = KeepAlive.open(Application.ANNOTATED, presented)) {
            assertThat(byHand.answer()).isEqualTo(ours.answer());
        }
    }
}
