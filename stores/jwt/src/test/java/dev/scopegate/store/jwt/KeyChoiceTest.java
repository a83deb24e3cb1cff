package dev.scopegate.store.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.ECKey;
import dev.scopegate.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which key of a set may verify which token, and which sets are refused. */
class KeyChoiceTest extends JwtHarness {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static String with(TestKey key, String field, Object value) throws Exception {
        ObjectNode json = (ObjectNode) JSON.readTree(key.jwk().toJSONString());
        if (value == null) json.remove(field);
        else json.set(field, JSON.valueToTree(value));
        return json.toString();
    }

    private boolean accepts(String set, String token) throws Exception {
        keyFile(set);
        return find(open(), token) != null;
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "use, sig, true",
                "use, enc, false",
                "use, other, false",
                "alg, ES256, true",
                "alg, ES384, false",
                "alg, ECDH-ES, false",
                "alg, RS256, false",
                "key_ops, verify, true",
                "key_ops, deriveKey, false",
            })
    void aKeyIsOnlyForWhatItSays(String field, String value, boolean accepted) throws Exception {
        TestKey key = TestKey.ec("k");
        TestKey spare = TestKey.ec("spare");
        String one = with(key, field, field.equals("key_ops") ? List.of(value) : value);

        assertThat(accepts(TestKey.setOf(List.of(one, spare.jwk().toJSONString())), new Forge(key).signedBy(key)))
                .isEqualTo(accepted);
    }

    @Test
    void aKeyForOneRsaAlgorithmIsNotForTheOther() throws Exception {
        TestKey key = TestKey.rsa("k", 2_048);
        String set = TestKey.setOf(List.of(with(key, "alg", "PS256")));

        assertThat(accepts(set, new Forge(key).header("alg", "PS256").signedBy(key)))
                .isTrue();
        assertThat(accepts(set, new Forge(key).header("alg", "RS256").signedBy(key)))
                .isFalse();
    }

    @Test
    void keysWithoutANameAreTriedByTheirType() throws Exception {
        TestKey ec = TestKey.ec("x");
        TestKey ed = TestKey.ed25519("y");
        String nameless = TestKey.setOf(List.of(with(ec, "kid", null), with(ed, "kid", null)));

        assertThat(accepts(nameless, new Forge(ec).signedBy(ec))).isTrue();
        assertThat(accepts(nameless, new Forge(ed).header("kid", null).signedBy(ed)))
                .isTrue();
        assertThat(accepts(
                        TestKey.set(ec, ed), new Forge(ed).header("kid", null).signedBy(ed)))
                .isTrue();
    }

    @Test
    void severalKeysOfOneNameAreAllTried() throws Exception {
        TestKey one = TestKey.ec("same");
        TestKey two = TestKey.ec("same");
        TestKey three = TestKey.rsa("same", 2_048);
        String set = TestKey.set(one, two, three);

        for (TestKey key : List.of(one, two, three))
            assertThat(accepts(set, new Forge(key).signedBy(key))).isTrue();
    }

    @Test
    void aTokenThatNamesAKeyIsNotTriedWithAnother() throws Exception {
        TestKey one = TestKey.ec("one");
        TestKey two = TestKey.ec("two");

        assertThat(accepts(
                        TestKey.set(one, two),
                        new Forge(two).header("kid", "one").signedBy(two)))
                .isFalse();
    }

    @Test
    void keysOfOtherKindsMayStandBesideOurs() throws Exception {
        TestKey key = TestKey.ec("k");
        String set = TestKey.setOf(List.of(
                "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"AAAA\"}",
                key.jwk().toJSONString()));

        assertThat(accepts(set, new Forge(key).signedBy(key))).isTrue();
    }

    @Test
    void aFileWithASecretOrWeakOrIllFormedKeyStopsTheStart() throws Exception {
        TestKey key = TestKey.ec("k");
        ECKey withPrivate = new ECKey.Builder(key.jwk().toECKey())
                .privateKey(key.pair().getPrivate())
                .build();
        TestKey weak = TestKey.rsa("w", 1_024);
        refused(TestKey.setOf(List.of(withPrivate.toJSONString())), "keys[0] has private parts");
        refused(TestKey.set(key, weak), "keys[1] is an RSA key of fewer than 2048 bits");
        refused("{\"keys\":[{\"kty\":\"oct\",\"k\":\"" + "A".repeat(43) + "\"}]}", "keys[0] is symmetric");
        refused("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}", "keys[0] is ill-formed");
        refused("{\"keys\":[7]}", "keys[0] is ill-formed");
        refused("{\"keys\":[]}", "no key in it can verify a signature");
        refused("{}", "the field 'keys' is not an array");
        refused("{\"keys\":[],\"keys\":[]}", "not one well-formed JSON object");
        refused("<html>", "not one well-formed JSON object");
    }

    private void refused(String set, String why) throws Exception {
        keyFile(set);
        assertThatThrownBy(this::open)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("jwt-jwks-file: ")
                .hasMessageContaining(why);
    }

    @Test
    void aChangedFileIsReadAgainAndAnIllFormedOneChangesNothing() throws Exception {
        TestKey old = TestKey.ec("old");
        TestKey fresh = TestKey.ec("new");
        JwtTokenStore store = open(old);
        String oldToken = new Forge(old).signedBy(old);
        String newToken = new Forge(fresh).signedBy(fresh);
        assertThat(find(store, newToken)).isNull();

        change("{\"keys\":", 1);
        try (Reasons log = new Reasons()) {
            assertThat(find(store, oldToken)).isNotNull();
            assertThat(find(store, oldToken)).isNotNull();
            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .startsWith("SEVERE")
                    .contains("keys read before stay");
        }
        assertThat(store.health().available()).isTrue();
        assertThat(store.health().detail()).contains("is not used");

        change(TestKey.set(fresh), 2);
        assertThat(find(store, newToken)).isNotNull();
        assertThat(find(store, oldToken)).isNull();
        assertThat(store.health().detail()).isEqualTo("up");

        Files.delete(Path.of(settings.get("jwt-jwks-file")));
        assertThat(find(store, newToken)).isNotNull();
    }

    private void change(String json, int seconds) throws Exception {
        Files.setLastModifiedTime(keyFile(json), FileTime.from(Instant.now().plusSeconds(seconds)));
    }
}
