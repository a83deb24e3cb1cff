package dev.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokenTest {
    @Test
    void theEnvironmentHoldsIt() {
        assertThat(ApiToken.from(Map.of("SCOPEGATE_API_TOKEN", "a1-._~+/==")).credential())
                .isEqualTo("Bearer a1-._~+/==");
    }

    @Test
    void aProgramWithoutOneIsToldWhatToSet() {
        assertThatThrownBy(() -> ApiToken.from(Map.of("OTHER", "x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("SCOPEGATE_API_TOKEN is not set");
        assertThatThrownBy(() -> ApiToken.from(Map.of("SCOPEGATE_API_TOKEN", " \t")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("SCOPEGATE_API_TOKEN is blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s\n", " %s", "%s\r\nX-Other: 1", "Bearer %s", "\"%s\"", "%s=x", "=%s", "%sé", "a,%s"})
    void whatIsNoTokenIsRefusedAndNotShown(String form) {
        String text = UUID.randomUUID().toString();

        for (Runnable made : new Runnable[] {
            () -> ApiToken.from(Map.of("SCOPEGATE_API_TOKEN", form.formatted(text))),
            () -> ApiToken.of(form.formatted(text))
        }) {
            assertThatThrownBy(made::run)
                    .isInstanceOfAny(IllegalStateException.class, IllegalArgumentException.class)
                    .hasMessageContaining("bearer token")
                    .hasMessageNotContaining(text);
        }
    }

    @Test
    void aTokenIsAtMostAsLongAsServersTake() {
        assertThat(ApiToken.of("x".repeat(8_192)).credential()).hasSize(8_199);
        assertThatThrownBy(() -> ApiToken.of("x".repeat(8_193))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTokenDoesNotShowItself() {
        String text = UUID.randomUUID().toString();

        assertThat(ApiToken.of(text).toString()).doesNotContain(text);
    }
}
