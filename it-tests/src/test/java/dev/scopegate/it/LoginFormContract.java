package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.server.TestFiles;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a browser does at the sign-in form, and what its session is worth then; a container is a subclass that names it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LoginFormContract {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final Container container;
    private final Path folder;
    private RunningServer server;
    private String password;

    LoginFormContract(Container container) {
        this.container = container;
        this.folder = TestFiles.emptyFolder("login-" + container.name());
    }

    /** Somebody's browser. */
    private final class Browser {
        final CookieManager cookies = new CookieManager();
        private final HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(cookies)
                .build();

        HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                    .method(method, BodyPublishers.ofString(body));
            for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
            return client.send(request.build(), BodyHandlers.ofString());
        }

        HttpResponse<String> form(String path, String body, String... headers) throws Exception {
            String[] all = new String[headers.length + 2];
            all[0] = "Content-Type";
            all[1] = "application/x-www-form-urlencoded";
            System.arraycopy(headers, 0, all, 2, headers.length);
            return send("POST", path, body, all);
        }

        /** What the form of this session has to send. */
        String csrf() throws Exception {
            Matcher found = CSRF.matcher(send("GET", "/login", "").body());
            assertThat(found.find()).isTrue();
            return "csrf=" + found.group(1);
        }

        HttpResponse<String> signIn(String secret, String... headers) throws Exception {
            return form("/login", csrf() + "&username=admin&password=" + encoded(secret), headers);
        }

        String session() {
            return cookies.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals("JSESSIONID"))
                    .map(HttpCookie::getValue)
                    .findFirst()
                    .orElse("");
        }

        int tokens() throws Exception {
            return send("GET", "/api/v1/tokens", "").statusCode();
        }
    }

    private String origin() {
        return "http://" + server.client().host();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @BeforeAll
    void start() throws Exception {
        server = RunningServer.start(container, folder, folder.resolve("home"));
        password = Files.readString(server.home().resolve("admin-password")).strip();
    }

    @AfterAll
    void stop() throws IOException {
        if (server == null) return;
        server.close();
        assertThat(server.jvm().out() + server.jvm().err()).doesNotContain(password);
        for (Path file : TestFiles.filesIn(folder)) {
            if (file.endsWith(Path.of("home", "admin-password"))) continue;
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1).contains(password))
                    .as(file.toString())
                    .isFalse();
        }
    }

    @Test
    void the_password_and_what_is_kept_of_it_are_for_their_owner_alone() throws Exception {
        for (String name : new String[] {"admin-password", "users.json", "signing-keys"}) {
            Path file = server.home().resolve(name);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(name)
                    .isEqualTo("rw-------");
        }
        assertThat(password.length()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void who_signs_in_gets_another_session_manages_tokens_and_signs_out() throws Exception {
        Browser browser = new Browser();
        browser.csrf();
        assertThat(browser.session()).as("a stranger's session").isEmpty();
        assertThat(browser.tokens()).isEqualTo(401);

        HttpResponse<String> signedIn = browser.signIn(password, "Origin", origin());

        assertThat(signedIn.statusCode()).isEqualTo(303);
        assertThat(signedIn.headers().firstValue("Location").orElse("")).endsWith("/login");
        assertThat(signedIn.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(browser.session()).isNotEmpty();
        assertThat(browser.tokens()).isEqualTo(200);
        assertThat(browser.send("GET", "/api/v1/tokens?all=true", "").statusCode())
                .isEqualTo(200);
        assertThat(browser.send("GET", "/api/v1/me", "").statusCode()).isEqualTo(401);
        assertThat(browser.send("GET", "/login", "").body())
                .contains("Sign out")
                .contains("admin");
        changesSomethingWithItsProofAlone(browser);

        String session = browser.session();
        HttpResponse<String> signedOut = browser.form("/logout", browser.csrf());

        assertThat(signedOut.statusCode()).isEqualTo(303);
        assertThat(browser.tokens()).isEqualTo(401);
        Browser thief = new Browser();
        HttpResponse<String> late = thief.send("GET", "/api/v1/tokens", "", "Cookie", "JSESSIONID=" + session);
        assertThat(late.statusCode()).isEqualTo(401);
    }

    private void changesSomethingWithItsProofAlone(Browser browser) throws Exception {
        String body = "{\"name\":\"from a browser\",\"scopes\":[\"data.data\"]}";
        String proof = browser.send("GET", "/api/v1/scopes", "")
                .headers()
                .firstValue("X-CSRF-Token")
                .orElseThrow();
        String json = "application/json";
        assertThat(browser.send("POST", "/api/v1/tokens", body, "Content-Type", json, "Origin", origin())
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.send(
                                "POST",
                                "/api/v1/tokens",
                                body,
                                "Content-Type",
                                json,
                                "Origin",
                                origin(),
                                "X-CSRF-Token",
                                proof)
                        .statusCode())
                .isEqualTo(201);
        assertThat(browser.send("GET", "/api/v1/tokens", "", "Authorization", "Bearer no")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_session_from_before_the_sign_in_is_worth_nothing() throws Exception {
        Browser attacker = new Browser();
        attacker.signIn(password);
        assertThat(attacker.tokens()).isEqualTo(200);
        String csrf = attacker.csrf();
        String fixed = "JSESSIONID=" + attacker.session();
        Browser victim = new Browser();
        HttpResponse<String> signedIn =
                victim.form("/login", csrf + "&username=admin&password=" + encoded(password), "Cookie", fixed);
        assertThat(signedIn.statusCode()).isEqualTo(303);
        assertThat(victim.tokens()).isEqualTo(200);
        assertThat(victim.session()).isNotEmpty().isNotEqualTo(attacker.session());

        assertThat(attacker.tokens()).isEqualTo(401);
        assertThat(new Browser()
                        .send("GET", "/api/v1/tokens", "", "Cookie", fixed)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_form_that_proves_nothing_signs_nobody_in() throws Exception {
        String fields = "&username=admin&password=" + encoded(password);
        Browser browser = new Browser();
        assertThat(browser.form("/login", fields.substring(1)).statusCode()).isEqualTo(403);
        assertThat(browser.form("/login", "csrf=x" + fields).statusCode()).isEqualTo(403);
        String others = new Browser().csrf();
        browser.csrf();
        assertThat(browser.form("/login", others + fields).statusCode()).isEqualTo(403);
        assertThat(browser.form("/login", browser.csrf() + fields, "Origin", "https://example.org")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.form("/login", browser.csrf() + fields, "Origin", "null")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.form("/login?x=" + encoded(password), browser.csrf() + fields)
                        .statusCode())
                .isEqualTo(400);
        assertThat(browser.send("POST", "/login", "{}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(415);
        assertThat(browser.tokens()).isEqualTo(401);
    }

    @Test
    void a_wrong_password_is_told_and_the_form_stays() throws Exception {
        Browser browser = new Browser();
        HttpResponse<String> refused = browser.signIn("wrong<\"");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body())
                .contains("role=\"alert\"", "name=\"username\" value=\"admin\"")
                .doesNotContain("wrong<");
        assertThat(browser.tokens()).isEqualTo(401);
    }

    @Test
    void who_guesses_is_told_to_wait_and_the_form_stays() throws Exception {
        Browser browser = new Browser();
        String fields = browser.csrf() + "&username=grace&password=no";
        for (int i = 0; i < 10; i++) {
            assertThat(browser.form("/login", fields).statusCode()).isEqualTo(401);
        }

        HttpResponse<String> refused = browser.form("/login", fields);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
        assertThat(refused.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(refused.body()).contains("role=\"alert\"", "name=\"username\"");
        assertThat(new Browser().signIn(password).statusCode()).isEqualTo(303);
    }

    @Test
    void the_form_goes_on_to_a_place_of_the_application_alone() throws Exception {
        String[][] places = {
            {"/oauth/authorize?a=b", "/oauth/authorize?a=b"},
            {"//example.org", "/login"},
            {"/\\example.org", "/login"},
            {"https://example.org", "/login"},
            {"/a\r\nX: y", "/login"}
        };
        for (String[] each : places) {
            Browser browser = new Browser();
            String body =
                    browser.csrf() + "&username=admin&password=" + encoded(password) + "&next=" + encoded(each[0]);
            HttpResponse<String> signedIn = browser.form("/login", body);
            assertThat(signedIn.statusCode()).isEqualTo(303);
            assertThat(signedIn.headers().firstValue("Location").orElse(""))
                    .as(each[0])
                    .endsWith(container.contextPath() + each[1])
                    .doesNotContain("example.org");
        }
    }
}
