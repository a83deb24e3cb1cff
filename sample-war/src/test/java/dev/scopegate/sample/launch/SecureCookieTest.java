package dev.scopegate.sample.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session's cookie, as web.xml declares it, in a container that speaks TLS and plain HTTP. */
class SecureCookieTest {
    private static final String LOCAL = "127.0.0.1";

    private final String password = UUID.randomUUID().toString();

    @TempDir
    Path folder;

    /** The sample's web.xml; its classes are those of the test. */
    private Path webApplication() throws Exception {
        Path application = folder.resolve("application");
        Path declared = Files.createDirectories(application.resolve("WEB-INF")).resolve("web.xml");
        String home = "<context-param><param-name>scopegate.home</param-name><param-value>" + folder.resolve("home")
                + "</param-value></context-param></web-app>";
        Files.writeString(
                declared,
                Files.readString(Path.of("src/main/webapp/WEB-INF/web.xml")).replace("</web-app>", home));
        return application;
    }

    private KeyStore keys() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hub",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=hub",
                        "-ext",
                        "san=ip:" + LOCAL,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        password)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, password.toCharArray());
        }
        return keys;
    }

    private ServerConnector encrypted(Server server, KeyStore keys) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(keys);
        tls.setKeyStorePassword(password);
        HttpConfiguration https = new HttpConfiguration();
        https.addCustomizer(new SecureRequestCustomizer(false));
        ServerConnector connector = new ServerConnector(
                server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(https));
        connector.setHost(LOCAL);
        return connector;
    }

    private static HttpClient trusting(KeyStore keys) throws Exception {
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("hub", keys.getCertificate("hub"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static String cookie(HttpClient client, String scheme, ServerConnector connector) throws Exception {
        URI form = URI.create(scheme + "://" + LOCAL + ":" + connector.getLocalPort() + "/login");
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(form).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("Set-Cookie").orElseThrow();
    }

    @Test
    void over_tls_the_cookie_goes_over_tls_alone() throws Exception {
        KeyStore keys = keys();
        Server server = new Server();
        ServerConnector tls = encrypted(server, keys);
        ServerConnector plain = new ServerConnector(server);
        plain.setHost(LOCAL);
        server.addConnector(tls);
        server.addConnector(plain);
        try (HubServer hub = HubServer.serve(webApplication(), server, URI.create("https://" + LOCAL))) {
            HttpClient client = trusting(keys);

            assertThat(cookie(client, "https", tls))
                    .startsWith("JSESSIONID=")
                    .contains("; Secure", "; HttpOnly", "; SameSite=Lax");
            assertThat(cookie(client, "http", plain))
                    .startsWith("JSESSIONID=")
                    .doesNotContain("Secure")
                    .contains("; HttpOnly", "; SameSite=Lax");
            assertThat(hub.get().getScheme()).isEqualTo("https");
        }
    }
}
