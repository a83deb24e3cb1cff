package dev.scopegate.store.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestInstance;

/** A store that knows three keys, and tokens that are wrong in one place only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AttackHarness extends JwtHarness {
    TestKey ec;
    TestKey rsa;
    TestKey ed;
    TestKey stranger;
    JwtTokenStore store;

    @BeforeAll
    final void makeKeys() throws Exception {
        ec = TestKey.ec("ec");
        rsa = TestKey.rsa("rsa", 2_048);
        ed = TestKey.ed25519("ed");
        stranger = TestKey.ec("ec");
    }

    @BeforeEach
    final void openStore() throws Exception {
        store = open(ec, rsa, ed);
    }

    final Forge good() {
        return new Forge(ec);
    }

    /** Each is refused, for a reason that the debug log tells without a word of the token. */
    final Stream<DynamicTest> refused(Map<String, String> attacks) throws Exception {
        assertThat(find(store, good().signedBy(ec))).isNotNull();
        return attacks.entrySet().stream()
                .map(attack -> DynamicTest.dynamicTest(attack.getKey(), () -> {
                    try (Reasons reasons = new Reasons()) {
                        assertThat(find(store, attack.getValue())).isNull();
                        assertThat(reasons.all())
                                .singleElement()
                                .asString()
                                .matches("FINE refused a JWT of (nobody|https://idp\\.example): [a-zA-Z0-9, -]*");
                        assertThat(reasons.last()).doesNotContain("ada", "evil", "root", "eyJ");
                    }
                }));
    }
}
