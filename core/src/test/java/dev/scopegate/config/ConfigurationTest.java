package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    @TempDir
    private Path folder;

    private static Configuration.Builder builder() {
        return Configuration.builder(Settings.ALL);
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        Configuration defaults = Configuration.defaults();

        assertThat(defaults.get(Settings.CACHE_TTL)).isEqualTo(Duration.ofSeconds(60));
        assertThat(defaults.get(Settings.DEFAULT_ACCESS)).isEqualTo(Settings.DefaultAccess.AUTHENTICATED);
        assertThat(defaults.get(Settings.STALE_IF_UNAVAILABLE)).isEqualTo(Duration.ZERO);
        assertThat(defaults.find(Settings.SECRET_KEY)).isEmpty();
    }

    @Test
    void ofSeveralSourcesTheFirstThatHasAKeyWins() {
        Configuration configuration = builder()
                .add("init-params", Map.of("realm", "first"))
                .addPrefixed("context-params", Map.of("scopegate.realm", "second", "scopegate.cache-ttl", "2s"))
                .addPrefixed("system properties", Map.of("scopegate.cache-ttl", "3s", "scopegate.cache-weight", "3"))
                .addEnvironment(Map.of("SCOPEGATE_CACHE_WEIGHT", "4", "SCOPEGATE_CACHE_UNKNOWN_SIZE", "4"))
                .build();

        assertThat(configuration.get(Settings.REALM)).isEqualTo("first");
        assertThat(configuration.get(Settings.CACHE_TTL)).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.get(Settings.CACHE_WEIGHT)).isEqualTo(3);
        assertThat(configuration.get(Settings.UNKNOWN_SIZE)).isEqualTo(4);
    }

    @Test
    void everySettingHasOneNameInEachSource() {
        Map<String, String> environment = new HashMap<>();
        for (Setting<?> setting : Settings.ALL) {
            assertThat(setting.key()).matches("[a-z]+(-[a-z]+)*");
            assertThat(setting.environmentName()).matches("SCOPEGATE_[A-Z]+(_[A-Z]+)*");
            assertThat(environment.put(setting.environmentName(), setting.key()))
                    .isNull();
            assertThat(setting.meaning()).endsWith(".");
        }
        assertThat(Settings.CACHE_TTL.environmentName()).isEqualTo("SCOPEGATE_CACHE_TTL");
    }

    @Test
    void anUnknownKeyIsRefusedInEverySourceWithTheNearestName() {
        assertThatThrownBy(() -> builder().add("web.xml", Map.of("relm", "x")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("web.xml: unknown setting 'relm'; the nearest valid name is 'realm'");
        assertThatThrownBy(() -> builder().addPrefixed("system properties", Map.of("scopegate.cache-tll", "x")))
                .hasMessage("system properties: unknown setting 'cache-tll'; the nearest valid name is 'cache-ttl'");
        assertThatThrownBy(() -> builder().addEnvironment(Map.of("SCOPEGATE_CACHE_TTTL", "x")))
                .hasMessage("environment: unknown setting 'SCOPEGATE_CACHE_TTTL'; the nearest valid name is"
                        + " 'SCOPEGATE_CACHE_TTL'");
        assertThatThrownBy(() -> builder().add("web.xml", Map.of("scopegate.realm", "x")))
                .hasMessageStartingWith("web.xml: unknown setting 'scopegate.realm'");
    }

    @Test
    void aSettingOfAStoreThatIsNotThereNamesTheArtifactThatBringsIt() {
        assertThatThrownBy(() -> builder().add("web.xml", Map.of("jdbc-url", "x")))
                .hasMessage("web.xml: unknown setting 'jdbc-url'; it comes with dev.scopegate:scopegate-jdbc,"
                        + " which is not among the application's libraries");
        assertThatThrownBy(() -> builder().addEnvironment(Map.of("SCOPEGATE_REDIS_URL", "x")))
                .hasMessageContaining("'SCOPEGATE_REDIS_URL'; it comes with dev.scopegate:scopegate-redis");
        List<Setting<?>> withJdbc = new ArrayList<>(Settings.ALL);
        withJdbc.add(Setting.text("jdbc-url", null, "The database."));
        assertThatThrownBy(() -> Configuration.builder(withJdbc).add("web.xml", Map.of("jdbc-ulr", "x")))
                .hasMessageEndingWith("the nearest valid name is 'jdbc-url'");
    }

    @Test
    void anEmptyPathIsNotTheFolderThatTheServerWasStartedIn() {
        Setting<Path> file = Setting.path("file", "A file.");
        assertThatThrownBy(
                        () -> Configuration.builder(List.of(file)).set(file, "").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("code, setting 'file': the value is empty (path)");
    }

    @Test
    void whatIsNotOursIsLeftAlone() {
        builder()
                .addPrefixed("system properties", Map.of("java.version", "17", "scopegatex.y", "z", 1, 2))
                .addEnvironment(Map.of("PATH", "/bin", "scopegate_realm", "x", "SCOPEGATE", "x"))
                .build();
    }

    @Test
    void theClientsTokenIsNoSetting() {
        Configuration configuration = builder()
                .addEnvironment(Map.of("SCOPEGATE_API_TOKEN", "sgp_secret"))
                .build();

        assertThat(configuration.toString()).doesNotContain("sgp_secret").doesNotContain("api-token");
    }

    @Test
    void theTextOfAConfigurationShowsNoValue() {
        Configuration configuration = builder()
                .set(Settings.SECRET_KEY, "0123456789abcdef0123456789abcdef")
                .set(Settings.REALM, "topsecret")
                .build();

        assertThat(configuration.toString())
                .contains("secret-key")
                .doesNotContain("0123456789abcdef")
                .doesNotContain("topsecret");
        assertThat(Settings.SECRET_KEY).hasToString("secret-key");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "permit-preflight;yes;is not true or false",
                "permit-preflight;TRUE;is not true or false",
                "cache-weight;many;is not a whole number, 0 to 100000000",
                "cache-weight;-1;is not a whole number, 0 to 100000000",
                "cache-weight;100000001;is not a whole number, 0 to 100000000",
                "cache-weight;99999999999;is not a whole number, 0 to 100000000",
                "cache-weight;1.5;is not a whole number",
                "cache-ttl;soon;is no time span such as 60s or 5m",
                "cache-ttl;25h;is not a time span, 0 to 1d",
                "cache-ttl;-1s;is not a time span, 0 to 1d",
                "look-up-timeout;0;is not a time span, 1ms to 5m",
                "default-access;permitt;is none of authenticated, deny, permit; the nearest valid name is 'permit'",
                "default-access;DENY;is none of authenticated, deny, permit",
                "export-without-policy;maybe;is none of refuse, allow",
                "realm;${env:SCOPEGATE_TEST_ABSENT};names the environment variable SCOPEGATE_TEST_ABSENT, which is not set",
                "realm;${file:/absent/file};names the file /absent/file, which cannot be read",
                "realm;${env:PATH;has a '${env:' without its '}'",
            })
    void anIllTypedValueIsNamedWithItsPlaceButNotShown(String key, String value, String sentence) {
        assertThatThrownBy(() -> builder().add("web.xml", Map.of(key, value)).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("web.xml, setting '" + key + "': the value " + sentence);
        assertThatThrownBy(() -> builder()
                        .addEnvironment(Map.of(
                                "SCOPEGATE_"
                                        + key.toUpperCase(java.util.Locale.ROOT).replace('-', '_'),
                                value))
                        .build())
                .hasMessageStartingWith("environment, variable SCOPEGATE_");
    }

    @Test
    void blanksAroundAValueAreTakenOff() {
        assertThat(builder().set(Settings.CACHE_TTL, " 5s\n").build().get(Settings.CACHE_TTL))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aSettingThatIsNeededAndMissingIsExplained() {
        assertThatThrownBy(() -> Configuration.defaults().get(Settings.SCOPE_CATALOG))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the setting 'scope-catalog' is missing")
                .hasMessageContaining("'scopegate.scope-catalog'")
                .hasMessageContaining("SCOPEGATE_SCOPE_CATALOG");
    }

    @Test
    void aSecretComesFromAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef\n\n");

        assertThat(builder()
                        .set(Settings.SECRET_KEY, "${file:" + file + "}")
                        .build()
                        .get(Settings.SECRET_KEY))
                .isEqualTo("0123456789abcdef0123456789abcdef");
    }

    @Test
    void twoSettingsNeverShareAKey() {
        assertThatThrownBy(() -> Configuration.builder(List.of(Settings.REALM, Settings.REALM)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'realm'");
    }

    @Test
    void theProcessItselfIsASource() {
        System.setProperty("scopegate.realm", "from the process");
        try {
            assertThat(builder().addProcess().build().get(Settings.REALM)).isEqualTo("from the process");
        } finally {
            System.clearProperty("scopegate.realm");
        }
    }

    @Test
    void whatKubernetesSetsForAServiceOfOurNameIsNoSetting() {
        Map<String, String> links = Map.of(
                "SCOPEGATE_PORT", "tcp://10.0.0.1:80", "SCOPEGATE_SERVICE_HOST", "10.0.0.1", "SCOPEGATE_REALM", "hub");
        Configuration configuration =
                Configuration.builder(Settings.ALL).addEnvironment(links).build();

        assertThat(configuration.get(Settings.REALM)).isEqualTo("hub");
    }
}
