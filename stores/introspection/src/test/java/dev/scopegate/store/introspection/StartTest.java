package dev.scopegate.store.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scopegate.config.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that cannot work stop the start, in a sentence that names the setting and shows no secret. */
class StartTest {
    private static final String URL = "https://login.example/introspect";

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "introspection-url;http://login.example/introspect;sends tokens over an open line",
                "introspection-url;http://127.0.0.1.example/introspect;sends tokens over an open line",
                "introspection-url;http://localhost.example/;sends tokens over an open line",
                "introspection-url;https://ada:correct-horse@login.example/;holds credentials",
                "introspection-url;https://login.example/#x;has a fragment",
                "introspection-url;https:///introspect;is no https:// URL",
                "introspection-url;ftp://login.example/;is no https:// URL",
                "introspection-url;login.example/introspect;is no https:// URL",
                "introspection-url;https://login example/;is no URL",
                "introspection-issuer;https://login.example|ada;introspection-issuer is empty or holds",
                "introspection-issuer;https://login example;introspection-issuer is empty or holds",
                "introspection-scopes;read admin;never has the scope admin",
                "introspection-scopes;read \"x\";is no scope",
                "introspection-token-prefix;sgp_;begins like our own tokens (prefix-personal)",
                "introspection-token-prefix;sgr_x;begins like our own tokens (prefix-refresh)",
                "introspection-trust;/absent.pem;introspection-trust: /absent.pem cannot be read",
                "introspection-timeout;0;is not a time span",
                "introspection-concurrency;0;is not a whole number",
                "introspection-client-auth;client-secret-jwt;is none of client-secret-basic",
            })
    void isRefused(String key, String value, String words) {
        Throwable refusal = catchThrowable(() -> Stores.open(URL, key, value).close());

        assertThat(refusal)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(words);
        assertThat(refusal.getMessage()).doesNotContain("correct-horse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "introspection-url",
                "introspection-issuer",
                "introspection-client-id",
                "introspection-client-secret"
            })
    void whatIsMissingIsNamed(String key) {
        Map<String, String> settings = Stores.settings(URL);
        settings.remove(key);

        Throwable refusal =
                catchThrowable(() -> IntrospectionTokenStore.open(Stores.configuration(settings), Stores.CLOCK)
                        .close());

        assertThat(refusal).isInstanceOf(ConfigurationException.class).hasMessageContaining(key);
    }

    @Test
    void aBearerThatNoHeaderCanHoldIsRefusedAndNotShown() {
        for (String token : new String[] {"a\r\nX-Injected: yes", "two words", "ü"}) {
            Throwable refusal = catchThrowable(
                    () -> Stores.open(URL, "introspection-client-auth", "bearer", "introspection-client-secret", token)
                            .close());
            assertThat(refusal)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("introspection-client-secret: ");
            assertThat(refusal.getMessage()).doesNotContain(token);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:1/x", "http://127.0.0.1/x", "http://[::1]:8080/x", URL, URL + "?tenant=1"})
    void theseUrlsAreTaken(String url) {
        Stores.open(url).close();
    }
}
