package dev.scopegate.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> NAMES = List.of("cache-ttl", "cache-weight", "realm", "store");

    @ParameterizedTest
    @CsvSource({
        "cache-tll,cache-ttl",
        "cachettl,cache-ttl",
        "CACHE-TTL,cache-ttl",
        "relm,realm",
        "stroe,store",
        "cache-weights,cache-weight",
    })
    void aMistypedNameFindsTheOneThatWasMeant(String wrong, String meant) {
        assertThat(Nearest.hint(wrong, NAMES)).isEqualTo("; the nearest valid name is '" + meant + "'");
    }

    @Test
    void whatResemblesNothingGetsNoHint() {
        assertThat(Nearest.hint("quite-another-matter", NAMES)).isEmpty();
        assertThat(Nearest.hint("realm", List.of())).isEmpty();
    }
}
