package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment =
            Map.of("A", "x", "B", "$1\\", "FILE", "${file:/etc/passwd}", "ENV", "${env:A}", "OPEN", "${env:");
    private final References references = new References(environment::get);

    @ParameterizedTest
    @CsvSource({
        "plain,plain",
        "${env:A},x",
        "<${env:A}${env:A}>,<xx>",
        "${env:B},$1\\",
        "$A $ {env:A} ${A} $${env:A},$A $ {env:A} ${A} $x",
        "${ENV:A},${ENV:A}",
        "${sys:A},${sys:A}",
        "},}",
        "${env:A}},x}",
    })
    void aReferenceIsReplacedAndTheRestStays(String text, String expected) {
        assertThat(references.resolve(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"${env:FILE},${file:/etc/passwd}", "${env:ENV},${env:A}", "${env:OPEN}A},${env:A}"})
    void whatAVariableHoldsIsNotLookedAtAgain(String text, String expected) {
        assertThat(references.resolve(text)).isEqualTo(expected);
    }

    @Test
    void whatAFileHoldsIsNotLookedAtAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "${env:A}${file:/etc/passwd}\n");

        assertThat(references.resolve("<${file:" + file + "}>")).isEqualTo("<${env:A}${file:/etc/passwd}>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "${env:ABSENT};names the environment variable ABSENT, which is not set",
                "${env:};names the environment variable , which is not set",
                "${file:/no/such/file};names the file /no/such/file, which cannot be read",
                "${file:/};names the file /, which cannot be read",
                "${env:A;has a '${env:' without its '}'",
                "x ${file:/etc;has a '${file:' without its '}'",
            })
    void aReferenceThatLeadsNowhereIsRefused(String text, String sentence) {
        assertThatThrownBy(() -> references.resolve(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }
}
