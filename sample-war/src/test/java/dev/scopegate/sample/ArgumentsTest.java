package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    @Test
    void no_arguments_serve_on_port_8080() {
        Arguments arguments = Arguments.read();

        assertThat(arguments.command()).isEqualTo("serve");
        assertThat(arguments.port()).isEqualTo(8080);
    }

    @Test
    void a_value_follows_its_option_or_an_equals_sign() {
        assertThat(Arguments.read("--port", "0", "--home=a=b").options()).isEqualTo(Map.of("port", "0", "home", "a=b"));
    }

    @Test
    void a_token_command_takes_options_of_its_own() {
        Arguments arguments = Arguments.read("token", "create", "--name", "n", "--scopes", "a b");

        assertThat(arguments.command()).isEqualTo("create");
        assertThat(arguments.options()).isEqualTo(Map.of("name", "n", "scopes", "a b"));
    }

    @Test
    void help_outweighs_everything() {
        assertThat(Arguments.read("token", "nonsense", "--help").command()).isEqualTo("help");
    }

    @ParameterizedTest
    @CsvSource({
        "--prt 1, --port",
        "--hom x, --home",
        "--name x, --home",
        "tokens list, token",
        "token creat, create",
        "token revok, revoke",
        "token list --nam x, --home",
        "token create --scope x, --scopes",
    })
    void a_word_that_is_wrong_is_told_the_nearest_valid_one(String line, String nearest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.read(line.split(" ")))
                .withMessageContaining("the nearest valid one is '" + nearest + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "--port, has no value",
        "--port x, no number from 0 to 65535",
        "--port 65536, no number from 0 to 65535",
        "--port -1, no number from 0 to 65535",
        "--home a --home b, given twice",
        "token, needs one of create",
        "token create --name x, needs the option --scopes",
    })
    void what_does_not_fit_is_told_in_a_sentence(String line, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.read(line.split(" ")))
                .withMessageContaining(sentence);
    }
}
