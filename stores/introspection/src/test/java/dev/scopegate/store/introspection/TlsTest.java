package dev.scopegate.store.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server proves who it is, too: by a certificate that is trusted and made for its name. */
class TlsTest {
    private static final String TOKEN = "foreign-token-1";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    /** Makes a certificate for {@code name} and writes it as PEM beside its key. */
    private SSLContext certificate(String file, String name) throws Exception {
        Path keys = folder.resolve(file + ".p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = List.of(
                keytool.toString(),
                "-genkeypair -alias server -keyalg EC -groupname secp256r1 -dname CN=test -storetype PKCS12 -storepass"
                        + " changeit -validity 2 -ext",
                "san=" + name,
                "-keystore",
                keys.toString());
        Process made = new ProcessBuilder(List.of(String.join(" ", command).split(" ")))
                .redirectErrorStream(true)
                .start();
        try (InputStream says = made.getInputStream()) {
            assertThat(says).asString(StandardCharsets.UTF_8).doesNotContain("rror");
        }
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();

        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        String encoded = Base64.getMimeEncoder()
                .encodeToString(store.getCertificate("server").getEncoded());
        Files.writeString(pem(file), "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private Path pem(String file) {
        return folder.resolve(file + ".pem");
    }

    @Test
    void aCertificateOfTheFileIsTrustedAndNoOther() throws Exception {
        SSLContext good = certificate("good", "ip:127.0.0.1");
        certificate("other", "ip:127.0.0.1");
        try (AuthServer server = new AuthServer(good)) {
            server.active(TOKEN, "");
            try (IntrospectionTokenStore store =
                    Stores.open(server.url(), "introspection-trust", pem("good").toString())) {
                assertThat(Stores.outcome(store, TOKEN)).isEqualTo("active");
            }
            try (IntrospectionTokenStore store = Stores.open(
                    server.url(), "introspection-trust", pem("other").toString())) {
                assertThat(Stores.outcome(store, TOKEN))
                        .startsWith("unavailable")
                        .contains("PKIX");
            }
            try (IntrospectionTokenStore store = Stores.open(server.url())) {
                assertThat(Stores.outcome(store, TOKEN))
                        .startsWith("unavailable")
                        .contains("PKIX");
            }
            assertThat(server.requests).hasValue(1);
        }
    }

    @Test
    void aCertificateForAnotherNameIsNot() throws Exception {
        SSLContext misnamed = certificate("misnamed", "dns:other.example");
        try (AuthServer server = new AuthServer(misnamed);
                IntrospectionTokenStore store = Stores.open(
                        server.url(), "introspection-trust", pem("misnamed").toString())) {
            server.active(TOKEN, "");
            assertThat(Stores.outcome(store, TOKEN)).startsWith("unavailable");
            assertThat(server.requests).hasValue(0);
        }
    }
}
