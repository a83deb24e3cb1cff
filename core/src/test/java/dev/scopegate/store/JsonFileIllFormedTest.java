package dev.scopegate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.testkit.Pages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An ill-formed file stops the start with a sentence that names the file, the row and the field, never a value. */
class JsonFileIllFormedTest {
    private static final String GOOD = """
            {"tokens":[{"id":"0123456789ABCD","name":"ci","kind":"personal","owner":"ada","created_by":"ada",
            "scopes":["public"],"resources":[],"allowed_networks":["10.0.0.0/8"],"created_at":"2026-03-04T05:06:07Z",
            "expires_at":null,"last_used_at":null,"last_used_ip":null,"revoked_at":null,"revoked_by":null,"parent":null,
            "hint":"sgp_0123","secrets":[{"algorithm":"SHA_256",
            "hash":"22ce81c762374e2766fd65bd61b141f6c875f9f15e9f912db95ff46f97a3bea9","expires_at":null}]}]}
            """;

    @TempDir
    private Path folder;

    private JsonFileTokenStore open(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("tokens.json"), content, StandardCharsets.UTF_8);
        return JsonFileTokenStore.open(file, Duration.ZERO);
    }

    @Test
    void theFileThatTheOthersSpoilIsGood() throws Exception {
        try (JsonFileTokenStore store = open(GOOD)) {
            assertThat(Pages.all(store)).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"0123456789ABCD\";\"short\";tokens[0]: the field 'id' is ill-formed",
                "\"0123456789ABCD\";\"0123456789ABC!\";tokens[0]: the field 'id' is ill-formed",
                "\"0123456789ABCD\";14;tokens[0]: the field 'id' is not a string",
                "\"id\":\"0123456789ABCD\",;``;tokens[0]: the field 'id' is missing",
                "\"name\":\"ci\",;``;tokens[0]: the field 'name' is missing",
                "\"name\":\"ci\";\"name\":null;tokens[0]: the field 'name' is missing",
                "\"name\":\"ci\";\"name\":[];tokens[0]: the field 'name' is not a string",
                "\"personal\";\"impersonal\";tokens[0]: the field 'kind' is ill-formed",
                "\"owner\":\"ada\";\"owner\":true;tokens[0]: the field 'owner' is not a string",
                "\"created_by\":\"ada\",;``;tokens[0]: the field 'created_by' is missing",
                "[\"public\"];\"public\";tokens[0]: the field 'scopes' is not an array",
                "[\"public\"];[7];tokens[0]: the field 'scopes' holds something that is not a string",
                "\"resources\":[];\"resources\":{};tokens[0]: the field 'resources' is not an array",
                "10.0.0.0/8;10.0.0.1/8;tokens[0]: the field 'allowed_networks' is ill-formed",
                "10.0.0.0/8;localhost;tokens[0]: the field 'allowed_networks' is ill-formed",
                "\"2026-03-04T05:06:07Z\";\"yesterday\";tokens[0]: the field 'created_at' is ill-formed",
                "\"expires_at\":null,\"last;\"expires_at\":1,\"last;tokens[0]: the field 'expires_at' is not a string",
                "\"last_used_at\":null;\"last_used_at\":\"x\";tokens[0]: the field 'last_used_at' is ill-formed",
                "\"last_used_ip\":null;\"last_used_ip\":0;tokens[0]: the field 'last_used_ip' is not a string",
                "\"revoked_at\":null;\"revoked_at\":\"\";tokens[0]: the field 'revoked_at' is ill-formed",
                "\"revoked_by\":null;\"revoked_by\":{};tokens[0]: the field 'revoked_by' is not a string",
                "\"parent\":null;\"parent\":1;tokens[0]: the field 'parent' is not a string",
                "\"hint\":\"sgp_0123\",;``;tokens[0]: the field 'hint' is missing",
                "SHA_256;MD5;tokens[0].secrets[0]: the field 'algorithm' is ill-formed",
                "22ce81;22ce8;tokens[0].secrets[0]: the field 'hash' is ill-formed",
                "22ce81;zzce81;tokens[0].secrets[0]: the field 'hash' is ill-formed",
                "\"expires_at\":null}];\"expires_at\":\"soon\"}];tokens[0].secrets[0]: the field 'expires_at' is ill-formed",
                "\"algorithm\";\"algoritm\";tokens[0].secrets[0]: the field 'algorithm' is missing",
                "\"parent\";\"parnet\";tokens[0]: unknown field 'parnet'; the nearest valid name is 'parent'",
                "{\"tokens\";{\"x\":1,\"tokens\";the file: unknown field 'x'",
                "{\"tokens\";{\"token\";the file: the field 'tokens' is not an array",
                "\"name\":\"ci\";\"name\":\"ci\",\"name\":\"cd\";not well-formed JSON",
                "\"hint\";hint;not well-formed JSON",
                "}]}]};}]}];not well-formed JSON",
                "}]}]};}]}]} {};not well-formed JSON",
            })
    void aSpoiledFieldIsNamed(String good, String bad, String sentence) {
        String text = GOOD.replace(good, bad);
        assertThat(text).isNotEqualTo(GOOD);

        assertThatThrownBy(() -> open(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("token-file: ")
                .hasMessageContaining("tokens.json")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"``", "`  `", "[]", "7", "null", "\"tokens\""},
            quoteCharacter = '`',
            delimiter = ';')
    void anythingButAnObjectIsNoTokenFile(String content) {
        assertThatThrownBy(() -> open(content))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the file is not a JSON object");
    }

    @Test
    void twoRowsWithOneIdAreNamed() {
        String row = GOOD.strip().replace("{\"tokens\":[", "").replaceAll("]}$", "");

        assertThatThrownBy(() -> open("{\"tokens\":[" + row + "," + row + "]}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokens[1]: the field 'id' is that of another token of the file");
    }

    @Test
    void aTokenWithoutSecretsIsRefused() {
        assertThatThrownBy(() -> open(GOOD.replaceAll("(?s)\"secrets\":\\[.*\\]}]}", "\"secrets\":[]}]}")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokens[0]: the field 'secrets' is empty");
    }

    @Test
    void nestingWithoutEndIsRefusedLikeAnyOtherNonsense() {
        assertThatThrownBy(() -> open("{\"tokens\":" + "[".repeat(100_000)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not well-formed JSON");
    }
}
