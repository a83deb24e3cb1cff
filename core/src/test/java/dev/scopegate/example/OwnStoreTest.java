package dev.scopegate.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds {@code docs/own-store.md} to the code of this package, and runs what it says. */
class OwnStoreTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "own-store.md");
    private static final Path SOURCES = Path.of("src", "test", "java", "dev", "scopegate", "example");
    private static final Pattern BLOCK = Pattern.compile("(?s)```\\w*\n(.*?)```\n");

    private final TestTokens tokens = new TestTokens();

    private static List<String> blocks() throws Exception {
        return BLOCK.matcher(Files.readString(DOCUMENT))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** A source from its first type's comment or declaration on: without package, imports and their blank lines. */
    private static String afterImports(String source) {
        return Pattern.compile("(?s)\\A(package [^\n]*\n|import [^\n]*\n|\n)+")
                .matcher(source)
                .replaceFirst("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HashFileTokenStore", "HashFileTokenStoreFactory", "MapTokenRepository", "MapTokenRepositoryTest"
            })
    void theDocumentShowsTheCodeThatIsRunHere(String type) throws Exception {
        assertThat(blocks()).contains(afterImports(Files.readString(SOURCES.resolve(type + ".java"))));
    }

    @Test
    void theStoreIsMadeBySettingsAndTheServiceFileOfTheDocument(@TempDir Path folder) throws Exception {
        String factory = HashFileTokenStoreFactory.class.getName();
        assertThat(blocks()).contains(factory + "\n");
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve("dev.scopegate.store.TokenStoreFactory"), factory + "\n");
        NewToken token = tokens.mint("ada", "ci");
        String line = token.facts().id() + " = " + token.hash().hex() + " ada read data.edit\n";
        Map<String, String> settings = Map.of(
                "store",
                "hash-file",
                "hash-file",
                Files.writeString(folder.resolve("tokens.properties"), line).toString(),
                "scope-catalog",
                Files.writeString(folder.resolve("s.json"), "{\"scopes\":[{\"name\":\"read\"}]}")
                        .toString());

        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(application);
            Configuration configuration = Configuration.builder(Scopegate.settings())
                    .add("web.xml", settings)
                    .build();
            try (Scopegate scopegate = Scopegate.start(configuration)) {
                AccessToken entered = enter(scopegate, token.reveal());
                assertThat(entered).isNotNull();
                assertThat(entered.owner()).isEqualTo("ada");
                assertThat(entered.scopes()).containsExactly("read", "data.edit");
                assertThat(enter(scopegate, tokens.guess(token.facts().id()).reveal()))
                        .isNull();
                assertThat(enter(scopegate, tokens.mint("ada", "other").reveal()))
                        .isNull();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static @Nullable AccessToken enter(Scopegate scopegate, String token) {
        return scopegate
                .check()
                .authenticate(List.of("Bearer " + token).iterator(), () -> ClientAddress.UNKNOWN)
                .accessToken();
    }
}
