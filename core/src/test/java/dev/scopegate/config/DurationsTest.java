package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0,PT0S",
        "0s,PT0S",
        "500ms,PT0.5S",
        "60s,PT1M",
        "5m,PT5M",
        "1h,PT1H",
        "2d,PT48H",
        "PT1.5S,PT1.5S",
        "P1D,PT24H",
        "-1s,PT-1S",
    })
    void aTimeSpanIsANumberAndAUnitOrIso8601(String text, Duration span) {
        assertThat(Durations.parse(text)).isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "60",
                "s",
                "ms",
                "5 s",
                "5S",
                "5M",
                "1.5s",
                "s5",
                "1m30s",
                "P",
                "PT",
                "1w",
                "1y",
                "0x5s",
                "9223372036854775807d",
                "99999999999999999999s",
                "P99999999999999999999D",
                "five",
                "5µs",
                "--5s"
            })
    void anythingElseIsNoTimeSpan(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is no time span such as 60s or 5m");
    }
}
