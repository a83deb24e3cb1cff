package dev.scopegate.access;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditListener;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.Problem;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.AuditQuery;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.LogLines;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts put together, from settings and in code. */
class ScopegateTest {
    @TempDir
    private Path folder;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void writeFiles() throws Exception {
        Files.writeString(folder.resolve("scopes.json"), "{\"scopes\":[{\"name\":\"read\"}]}");
        Files.writeString(folder.resolve("tokens.json"), "{\"tokens\":[]}");
        settings.put("scope-catalog", folder.resolve("scopes.json").toString());
        settings.put("token-file", folder.resolve("tokens.json").toString());
    }

    private Scopegate start() {
        return Scopegate.start(Configuration.builder(Scopegate.settings())
                .add("web.xml", settings)
                .build());
    }

    @Test
    void settingsAloneMakeAnInstance() {
        settings.put("realm", "hub");
        settings.put("prefix-personal", "acme");
        try (Scopegate scopegate = start()) {
            assertThat(scopegate.catalog().contains("read")).isTrue();
            assertThat(scopegate.challenge().of(Problem.notAuthenticated())).isEqualTo("Bearer realm=\"hub\"");
            assertThat(scopegate.format().hint(TokenKind.PERSONAL, "0123456789ABCD"))
                    .startsWith("acme_");
        }
    }

    @Test
    void anInstanceMadeInCodeChecksRequestsThroughItsCache() throws Exception {
        TestTokens tokens = new TestTokens();
        NewToken token = tokens.mint("ada", "ci");
        InMemoryTokenStore store = new InMemoryTokenStore();
        store.add(StoredToken.of(token), NOW);
        try (Scopegate scopegate = Scopegate.builder()
                .catalog(ScopeCatalog.of(Scope.named("public")))
                .store(store)
                .format(tokens.format())
                .build()) {
            List<String> lines = List.of("Bearer " + token.reveal());
            ClientAddress from = ClientAddress.UNKNOWN;
            assertThat(scopegate
                            .check()
                            .authenticate(lines.iterator(), () -> from)
                            .accessToken())
                    .isEqualTo(token.facts());
            assertThat(scopegate.store().size()).isEqualTo(1);

            store.revoke(token.facts().id(), NOW, "ada");

            assertThat(scopegate
                            .check()
                            .authenticate(lines.iterator(), () -> from)
                            .accessToken())
                    .isNull();
        }
    }

    private static void refuseSomebody(Scopegate scopegate) {
        String guess = scopegate.format().mint(TokenKind.PERSONAL).reveal();
        Admission refused = scopegate
                .check()
                .authenticate(List.of("Bearer " + guess).iterator(), () -> ClientAddress.ofPeer("192.0.2.7"));
        assertThat(refused.accessToken()).isNull();
    }

    @Test
    void eventsAreKeptWhereASettingSays() throws Exception {
        try (Scopegate scopegate = start()) {
            assertThat(scopegate.audit()).isNull();
        }
        settings.put("audit-log", "memory");
        AuditLog log;
        try (Scopegate scopegate = start()) {
            log = Objects.requireNonNull(scopegate.audit());
            refuseSomebody(scopegate);
        }
        assertThat(log.page(AuditQuery.ALL, null, 9).events())
                .singleElement()
                .extracting(AuditEvent::code, AuditEvent::clientIp)
                .containsExactly("unknown", "192.0.2.7");

        settings.put("audit-log", "token-store");
        assertThatThrownBy(this::start)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("audit-log: the token store keeps none");
    }

    @Test
    void eventsGoToALoggerOfTheirOwnWhereThatIsOn() {
        try (LogLines lines = new LogLines()) {
            try (Scopegate scopegate = start()) {
                refuseSomebody(scopegate);
            }
            assertThat(lines.all())
                    .anyMatch(line -> line.startsWith("FINE token_refused refused code=unknown actor=null"));
        }
        try (Scopegate scopegate = start()) {
            assertThat(scopegate.listener()).isSameAs(AuditListener.NONE);
        }
    }

    @Test
    void theAdmissionOfAnotherInstanceMeansNothing() {
        try (Scopegate one = start();
                Scopegate other = start()) {
            Admission admission = one.check().authenticate(List.<String>of().iterator(), () -> ClientAddress.UNKNOWN);

            assertThat(admission.madeBy(one.check())).isTrue();
            assertThat(admission.madeBy(other.check())).isFalse();
        }
    }

    @Test
    void aCatalogMayStandOnTheClasspath() {
        settings.put("scope-catalog", "classpath:scopes-for-tests.json");
        try (Scopegate scopegate = start()) {
            assertThat(scopegate.catalog().contains("from.classpath")).isTrue();
        }
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "store;json-file,json-file;store: 'json-file' stands there twice",
                "store;json-file,;store: there is no store '' among [json-file]",
                "store;jdbc;store: there is no store 'jdbc' among [json-file]; it comes with dev.scopegate:scopegate-jdbc,",
                "store;json-fiel;store: there is no store 'json-fiel' among [json-file]; the nearest valid name is 'json-file'",
                "scope-catalog;/absent.json;scope-catalog: /absent.json cannot be read",
                "scope-catalog;classpath:absent.json;the application has no such resource",
                "token-file;/absent.json;token-file: /absent.json cannot be read",
                "prefix-access;sgp;the token prefix 'sgp' stands for two kinds",
                "prefix-access;a_b;'a_b' is no token prefix",
                "secret-key;short;the key for secret hashes has fewer than 32 bytes",
            })
    void whatIsWrongStopsTheStartWithTheSettingsName(String key, String value, String sentence) {
        settings.put(key, value);

        assertThatThrownBy(this::start)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("short");
    }

    @ParameterizedTest
    @CsvSource({"scope-catalog", "token-file"})
    void whatIsMissingStopsTheStartWithTheSettingsName(String key) {
        settings.remove(key);

        assertThatThrownBy(this::start).hasMessageContaining("the setting '" + key + "' is missing");
    }

    @Test
    void aMistakeInTheCatalogIsNamedWithFileAndLine() throws Exception {
        Files.writeString(folder.resolve("scopes.json"), "{\"scopes\":[\n{\"name\":\"a\",\"implies\":[\"b\"]}]}");

        assertThatThrownBy(this::start)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("scopes.json, line 2: scope 'a' implies 'b'");
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("scopegate-"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "trusted-proxies,nowhere",
        "trusted-proxies,10.0.0.0/8",
        "client-address-header,forwarded",
        "export-ledger,token-store",
        "export-policies,/absent/policies.json",
        "audit-log,token-store"
    })
    void aStartThatFailsLeavesNoThreadBehind(String key, String value) {
        settings.put("export-ledger", "memory");
        settings.put("audit-log", "memory");
        settings.put(key, value);
        Configuration configuration = Configuration.builder(Scopegate.settings())
                .add("web.xml", settings)
                .build();
        Set<Thread> before = threads();

        assertThatThrownBy(() -> Scopegate.builder()
                        .configuration(configuration)
                        .store(new InMemoryTokenStore())
                        .build())
                .isInstanceOf(ConfigurationException.class);

        assertThat(threads()).isSubsetOf(before);
    }
}
