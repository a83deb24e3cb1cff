package dev.scopegate.store.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator writes, and what is said when it is wrong. */
class JwtSettingsTest extends JwtHarness {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private TestKey key;

    @BeforeEach
    void makeKey() throws Exception {
        key = TestKey.ed25519("k");
        keyFile(TestKey.set(key));
    }

    private void refused(String message) {
        assertThatThrownBy(this::open)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "jwt-issuer     | -             | jwt-audience: says nothing without 'jwt-issuer'",
                "jwt-issuer     | 'a|b'         | in the names of owners",
                "jwt-audience   | -             | jwt-audience: is missing",
                "jwt-audience   | ''            | jwt-audience: is missing",
                "jwt-jwks-file  | -             | jwt-jwks-uri: give exactly one of",
                "jwt-jwks-file  | /no/such/file | jwt-jwks-file: /no/such/file cannot be read",
                "jwt-jwks-uri   | https://a.b/c | jwt-jwks-uri: give exactly one of",
                "jwt-algorithms | ES265         | is 'ES256'",
                "jwt-algorithms | none          | jwt-algorithms: one is none of ES256, EdDSA, RS256, PS256, HS256",
                "jwt-algorithms | ''            | jwt-algorithms: is empty",
                "jwt-algorithms | HS256         | jwt-algorithms: HS256 and a secret key need each other",
                "jwt-algorithms | HS256 ES256   | jwt-algorithms: mixes HS256",
                "jwt-scopes     | data.data admin | jwt-scopes: names 'admin'",
                "jwt-scopes     | *             | jwt-scopes: holds something that is neither",
                "jwt-scopes     | a\"b          | jwt-scopes: holds something that is neither",
            },
            quoteCharacter = '\'')
    void mistakesStopTheStart(String setting, String value, String message) {
        if (value == null) settings.remove(setting);
        else settings.put(setting, value);
        refused(message);
    }

    @ParameterizedTest
    @CsvSource({
        "http://idp.example/jwks, is not https",
        "http://127.0.0.1.evil.example/jwks, is not https",
        "http://localhost.evil.example/jwks, is not https",
        "http://10.0.0.1/jwks, is not https",
        "https://user:secret@idp.example/jwks, has a user or a fragment",
        "https://idp.example/jwks#x, has a user or a fragment",
        "file:///etc/passwd, is no https URL",
        "https:/jwks, is no https URL",
        "idp.example/jwks, is no https URL",
        "https://idp example/, is no URL",
    })
    void keysComeFromHttpsOrFromThisHost(String uri, String message) {
        settings.remove("jwt-jwks-file");
        settings.put("jwt-jwks-uri", uri);
        refused("jwt-jwks-uri: " + message);
    }

    @Test
    void aSecretKeyIsLongAndItsAlgorithmChosen() throws Exception {
        settings.remove("jwt-jwks-file");
        settings.put("jwt-hmac-key", SECRET);
        refused("jwt-algorithms: HS256 and a secret key need each other");
        settings.put("jwt-algorithms", "HS256");
        settings.put("jwt-hmac-key", SECRET.substring(1));
        refused("jwt-algorithms: the key has fewer than 32 bytes");

        settings.put("jwt-hmac-key", "${file:" + Files.writeString(folder.resolve("key"), SECRET + "\n") + "}");
        JwtTokenStore store = open();
        Forge forge = new Forge(key).header("alg", "HS256").header("kid", null);
        assertThat(find(
                        store,
                        forge.signedBy(input -> TestKey.hmac(SECRET.getBytes(StandardCharsets.US_ASCII), input))))
                .isNotNull();
        assertThat(find(
                        store,
                        forge.signedBy(
                                input -> TestKey.hmac((SECRET + "\n").getBytes(StandardCharsets.US_ASCII), input))))
                .isNull();
    }

    private void issuers(String json) throws Exception {
        settings.put(
                "jwt-issuers",
                Files.writeString(folder.resolve("issuers.json"), json.replace('\'', '"'))
                        .toString());
    }

    @Test
    void severalIssuersHaveKeysScopesAndAudiencesOfTheirOwn() throws Exception {
        TestKey other = TestKey.ec("k");
        Path jwks = Files.writeString(folder.resolve("other.json"), TestKey.set(other));
        issuers("[{'issuer':'https://two.example','audience':['two'],'jwks_file':'" + jwks
                + "','algorithms':['ES256'],'scopes':['data.*'],'own':false}]");
        JwtTokenStore store = open();
        Forge two = new Forge(other).claim("iss", "https://two.example").claim("aud", "two");

        assertThat(facts(store, two.signedBy(other)).scopes()).containsExactly("data.data");
        assertThat(facts(store, two.signedBy(other)).owner()).isEqualTo("https://two.example|ada");
        assertThat(facts(store, new Forge(key).signedBy(key)).scopes()).containsExactly("public", "data.data");
        assertThat(find(store, two.claim("aud", Forge.AUDIENCE).signedBy(other)))
                .isNull();
        // one issuer's key is not another's, whatever it is called
        assertThat(find(store, new Forge(other).signedBy(other))).isNull();
        assertThat(find(
                        store,
                        new Forge(key)
                                .claim("iss", "https://two.example")
                                .claim("aud", "two")
                                .signedBy(key)))
                .isNull();
    }

    @Test
    void theFileOfIssuersAloneIsEnoughAndMayNameASecretsFile() throws Exception {
        settings.clear();
        Path secret = Files.writeString(folder.resolve("key"), SECRET + "\n");
        issuers("[{'issuer':'" + Forge.ISSUER + "','audience':['hub'],'algorithms':['HS256'],'hmac_key_file':'" + secret
                + "','own':true}]");
        String token = new Forge(key)
                .header("alg", "HS256")
                .signedBy(input -> TestKey.hmac(SECRET.getBytes(StandardCharsets.US_ASCII), input));

        assertThat(facts(open(), token).owner()).isEqualTo("ada");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                          | is not an array of issuers",
                "[                                           | is not well-formed JSON",
                "[7]                                         | [0] is not an object",
                "[{'isuer':'x'}]                             | [0]: unknown field 'isuer'; the nearest valid name is 'issuer'",
                "[{'issuer':'x','issuer':'y'}]               | names a key twice",
                "[{'issuer':7}]                              | [0].issuer: is not a string",
                "[{'issuer':'x','audience':'hub'}]           | [0].audience: is not an array of strings",
                "[{'issuer':'x','audience':[1]}]             | [0].audience: holds something that is not a string",
                "[{'issuer':'x'}]                            | [0].audience: is missing",
                "[{'issuer':'x','audience':['a'],'own':'y'}] | [0].own: is not true or false",
                "[{'issuer':'x','audience':['a'],'hmac_key_file':'/no/such'}] | [0].hmac_key_file: names a file that cannot",
                "[{'issuer':'x','audience':['a']}]           | [0].jwks_uri: give exactly one of",
            })
    void mistakesInTheFileOfIssuersStopTheStart(String json, String message) throws Exception {
        issuers(json);
        refused(message);
        assertThatThrownBy(this::open).hasMessageStartingWith("jwt-issuers: ");
    }

    @Test
    void nobodysTokensAreNoStore() throws Exception {
        settings.clear();
        refused("store=jwt accepts nobody's tokens");
        issuers("[]");
        refused("store=jwt accepts nobody's tokens");
    }

    @Test
    void oneIssuerStandsThereOnce() throws Exception {
        issuers("[{'issuer':'" + Forge.ISSUER + "','audience':['x'],'jwks_file':'" + settings.get("jwt-jwks-file")
                + "'}]");
        refused("[0].issuer: is that of another one");
    }
}
