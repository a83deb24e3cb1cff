package dev.scopegate.sample.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** The cookies of the sign-in form and of the session, as web.xml declares it, in a container that speaks TLS and plain HTTP. */
class SecureCookieTest {
    private static final String LOCAL = "127.0.0.1";

    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

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

    /** Signs in by the form: the cookies of the form, of a sign-in that fails, and of one that does not. */
    private List<List<String>> cookies(HttpClient client, String scheme, ServerConnector connector) throws Exception {
        URI page = URI.create(scheme + "://" + LOCAL + ":" + connector.getLocalPort() + "/login");
        HttpResponse<String> form = client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
        assertThat(form.statusCode()).as(form.body()).isEqualTo(200);
        Matcher csrf = CSRF.matcher(form.body());
        assertThat(csrf.find()).isTrue();
        String fields = "csrf=" + csrf.group(1) + "&username=admin&password=";
        String cookie = set(form).get(0).split(";", 2)[0];
        HttpResponse<String> wrong = post(client, page, cookie, fields + "wrong");
        assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(401);
        String secret = Files.readString(folder.resolve("home/admin-password")).strip();
        HttpResponse<String> right =
                post(client, page, cookie, fields + URLEncoder.encode(secret, StandardCharsets.UTF_8));
        assertThat(right.statusCode()).as(right.body()).isEqualTo(303);
        return List.of(set(form), set(wrong), set(right));
    }

    private static HttpResponse<String> post(HttpClient client, URI page, String cookie, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(page)
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static List<String> set(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie");
    }

    @Test
    void over_tls_the_cookies_go_over_tls_alone_and_strangers_get_no_session() throws Exception {
        KeyStore keys = keys();
        Server server = new Server();
        ServerConnector tls = encrypted(server, keys);
        ServerConnector plain = new ServerConnector(server);
        plain.setHost(LOCAL);
        server.addConnector(tls);
        server.addConnector(plain);
        try (HubServer hub = HubServer.serve(webApplication(), server, URI.create("https://" + LOCAL))) {
            HttpClient client = trusting(keys);

            for (String cookie : eachOnce(cookies(client, "https", tls))) {
                assertThat(cookie).contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/");
            }
            for (String cookie : eachOnce(cookies(client, "http", plain))) {
                assertThat(cookie).doesNotContain("Secure").contains("; HttpOnly", "; SameSite=Lax", "; Path=/");
            }
            assertThat(hub.get().getScheme()).isEqualTo("https");
        }
    }

    /** A stranger is given the form's cookie, once, and no session, which the server would have to keep: that is for users. */
    private static List<String> eachOnce(List<List<String>> cookies) {
        assertThat(cookies.get(0)).singleElement().asString().startsWith("scopegate-form=");
        assertThat(cookies.get(1)).isEmpty();
        assertThat(cookies.get(2)).singleElement().asString().startsWith("JSESSIONID=");
        return List.of(cookies.get(0).get(0), cookies.get(2).get(0));
    }
}
