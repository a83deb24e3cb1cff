package dev.scopegate.sample.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.sample.data.Dataset;
import dev.scopegate.sample.data.Datasets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {
    @Test
    void a_token_leads_back_to_where_the_page_ended() {
        for (Dataset dataset : Datasets.demo().all()) {
            assertThat(PageToken.read(PageToken.after(dataset))).isEqualTo(dataset.id());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "penguins", "cGVuZ3VpbnM", "YWZ0ZXIg", "YWZ0ZXIgIQ", "YWZ0ZXIgcGVuZ3VpbnM*"})
    void anything_else_is_none(String text) {
        assertThat(PageToken.read(text)).isNull();
    }
}
