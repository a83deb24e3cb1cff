package dev.scopegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.token.AccessToken;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * That a JWT which one node denies is refused by every other, when the store of JWTs stands behind one that nodes share:
 * {@code store=jdbc,jwt}. Needs {@code scopegate-jwt} on the class path.
 */
public final class DeniedEverywhere {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int COORDINATE_BYTES = 32;

    private DeniedEverywhere() {}

    /**
     * Runs it with nodes of these settings.
     *
     * @param folder where files of keys and scopes may stand
     * @param shared the settings of the shared store, {@code store} among them
     */
    public static void check(Path folder, Map<String, String> shared) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair key = generator.generateKeyPair();
        Configuration configuration = configuration(folder, shared, (ECPublicKey) key.getPublic());
        Instant end = Instant.now().plusSeconds(600);
        String denied = jwt(key, "denied", end);
        String another = jwt(key, "another", end);
        try (Scopegate here = Scopegate.start(configuration);
                Scopegate there = Scopegate.start(configuration)) {
            AccessToken token = Objects.requireNonNull(admitted(here, denied));
            assertThat(admitted(there, denied)).isNotNull();

            Objects.requireNonNull(here.store().denylist()).deny(token.id(), end);

            assertThat(admitted(here, denied)).isNull();
            long begin = System.nanoTime();
            while (admitted(there, denied) != null) {
                assertThat(System.nanoTime() - begin).isLessThan(PATIENCE_NANOS);
                Thread.onSpinWait();
            }
            assertThat(admitted(there, another)).isNotNull();
            try (Scopegate later = Scopegate.start(configuration)) {
                assertThat(admitted(later, denied)).isNull();
                assertThat(admitted(later, another)).isNotNull();
            }
        }
    }

    private static @Nullable AccessToken admitted(Scopegate node, String token) {
        return node.check()
                .authenticate(List.of("Bearer " + token).iterator(), () -> ClientAddress.UNKNOWN)
                .accessToken();
    }

    private static Configuration configuration(Path folder, Map<String, String> shared, ECPublicKey key)
            throws Exception {
        Map<String, String> settings = new HashMap<>(shared);
        settings.put("jwt-issuer", "https://idp.example");
        settings.put("jwt-audience", "hub");
        String keys = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k\",\"x\":\""
                + base64(coordinate(key.getW().getAffineX())) + "\",\"y\":\""
                + base64(coordinate(key.getW().getAffineY())) + "\"}]}";
        settings.put("jwt-jwks-file", file(folder, "jwks.json", keys));
        settings.put("scope-catalog", file(folder, "scopes.json", "{\"scopes\":[{\"name\":\"public\"}]}"));
        return Configuration.builder(Scopegate.settings()).add("test", settings).build();
    }

    private static String file(Path folder, String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[COORDINATE_BYTES + bytes.length];
        System.arraycopy(bytes, 0, padded, COORDINATE_BYTES, bytes.length);
        return Arrays.copyOfRange(padded, bytes.length, padded.length);
    }

    private static String jwt(KeyPair key, String jti, Instant end) throws Exception {
        String claims =
                "{\"iss\":\"https://idp.example\",\"aud\":\"hub\",\"sub\":\"ada\",\"scope\":\"public\",\"jti\":\"" + jti
                        + "\",\"exp\":" + end.getEpochSecond() + "}";
        String input = base64("{\"alg\":\"ES256\",\"kid\":\"k\"}".getBytes(StandardCharsets.US_ASCII)) + "."
                + base64(claims.getBytes(StandardCharsets.US_ASCII));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key.getPrivate());
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
