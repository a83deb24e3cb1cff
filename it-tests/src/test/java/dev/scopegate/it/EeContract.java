package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.http.RawRequest;
import dev.scopegate.it.http.RawResponse;
import dev.scopegate.it.server.Await;
import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.server.TestFiles;
import dev.scopegate.it.tokens.TokenForge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a full server makes of {@code it-tests/ee}: all its parts see the caller whom the token names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EeContract {
    private final Container container;
    private RunningServer server;

    /** Has vault.open, which implies vault.see, and public. */
    private String ada;

    /** Another token of ada's; Open Liberty lets nobody else into a session of hers. */
    private String phone;

    /** Has public alone. */
    private String eve;

    EeContract(Container container) {
        this.container = container;
    }

    @BeforeAll
    void start() throws Exception {
        Path folder = TestFiles.emptyFolder(container.name());
        Path home = folder.resolve("home");
        server = RunningServer.start(container, folder, home);
        ada = Files.readString(home.resolve("ada"));
        phone = Files.readString(home.resolve("ada-phone"));
        eve = Files.readString(home.resolve("eve"));
    }

    @AfterAll
    void stop() {
        if (server != null) server.close();
    }

    @Test
    void ejb_cdi_and_jakarta_security_see_the_owner_and_the_implied_scopes() throws IOException {
        RawResponse answer = server.get("/api/vault", ada);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .contains("cdi=ada public vault.open,")
                .contains("ejb=ada,", "ejb-may-open=true")
                .contains("security=ada", "security-roles=[public, vault.open, vault.see]", "security-tokens=1")
                .contains("request=BEARER ada");
    }

    @Test
    void two_callers_are_told_apart_and_nothing_of_one_is_left_for_the_next() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(server.get("/constrained/page", ada).text()).isEqualTo("ada");
            assertThat(server.get("/api/open", eve).text()).isEqualTo("eve false false [public]");
            assertThat(server.get("/api/open", "").text()).isEqualTo("nobody true false []");
        }
    }

    @Test
    void an_ejb_refuses_a_caller_who_lacks_the_scope() throws IOException {
        RawResponse answer = server.client().send(post("/api/vault", ada));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("the EJB refused");
        assertThat(server.get("/api/vault", eve).status()).isEqualTo(403);
        assertThat(server.get("/api/vault", eve).text()).contains("insufficient_scope");
    }

    @Test
    void the_servers_own_constraints_are_met_by_scopes_and_refused_with_the_envelope() throws IOException {
        assertThat(server.get("/constrained/page", ada).status()).isEqualTo(200);
        assertThat(server.get("/constrained/page", eve).status()).isEqualTo(403);

        RawResponse nobody = server.get("/constrained/page", "");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"scopegate\"");
        assertThat(nobody.header("Cache-Control")).contains("no-store");
        assertThat(nobody.text()).contains("\"code\":\"not_authenticated\"");
        RawResponse unknown = server.get("/constrained/page", TokenForge.unknown("sgp"));
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        assertThat(unknown.text()).contains("\"code\":\"invalid_token\"");
    }

    @Test
    void what_a_rule_closes_is_refused_by_the_filter_as_anywhere() throws IOException {
        RawResponse nobody = server.get("/api/vault", "");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.text()).contains("\"code\":\"not_authenticated\"");
        RawResponse unknown = server.get("/api/vault", TokenForge.unknown("sgp"));
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.text()).contains("\"code\":\"invalid_token\"");
    }

    @Test
    void mechanism_filter_and_feature_look_a_token_up_once() throws IOException {
        int before = admitted();
        assertThat(server.get("/api/vault", ada).status()).isEqualTo(200);
        assertThat(admitted()).isEqualTo(before + 2);
    }

    private int admitted() throws IOException {
        return Integer.parseInt(server.get("/api/admitted", ada).text());
    }

    @Test
    void an_asynchronous_dispatch_sees_the_same_token() throws IOException {
        for (RawResponse answer : toEveInAsynchronousDispatches())
            assertThat(answer.text()).isEqualTo("ASYNC eve");
    }

    @Test
    void a_request_with_a_token_begins_no_session() throws IOException {
        assertThat(server.get("/api/vault", ada).header("Set-Cookie")).isNull();
        assertThat(server.get("/api/open", "").header("Set-Cookie")).isNull();
    }

    @Test
    void a_distributable_session_is_the_applications_own() throws IOException {
        RawResponse first = server.client().send(post("/api/visits", ada));
        assertThat(first.text()).isEqualTo("1 ada");
        String cookie = first.header("Set-Cookie");
        assertThat(cookie).startsWith("JSESSIONID=");
        String session = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
        assertThat(server.client().send(post("/api/visits", phone, session)).text())
                .as("the session goes on, the caller is the request's")
                .isEqualTo("2 ada-phone");
        assertThat(server.client()
                        .send(RawRequest.get(container.contextPath() + "/api/vault", session))
                        .status())
                .as("a session is no credential")
                .isEqualTo(401);
    }

    @Test
    void work_in_the_background_is_done_by_the_containers_threads() throws IOException {
        Await.until(
                "the last use is written",
                Duration.ofSeconds(20),
                () -> server.get("/api/last-used", ada).text().equals("127.0.0.1"));
        assertThat(server.get("/api/threads", ada).text()).isEqualTo("[scopegate-jdbc, scopegate-jdbc-changes]");
    }

    /** What eve is told of the injected token in asynchronous dispatches, ada's between hers. */
    List<RawResponse> toEveInAsynchronousDispatches() throws IOException {
        List<RawResponse> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            server.get("/async", ada);
            answers.add(server.get("/async", eve));
        }
        return answers;
    }

    private RawRequest post(String path, String token, String... more) {
        List<String> headers = new ArrayList<>(List.of(more));
        headers.add("Authorization: Bearer " + token);
        headers.add("Content-Length: 0");
        return new RawRequest("POST", container.contextPath() + path, headers, "");
    }
}
