package dev.scopegate.sample.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.ClientAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sign-in opens in the hub once the command line has given its user another password. */
class PasswordChangeTest {
    private static final ClientAddress HERE = ClientAddress.ofPeer("127.0.0.1");

    @TempDir
    Path home;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = Hub.serving(Map.of("scopegate.home", home.toString(), "scopegate.cache-ttl", "0"));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    /** As another process does it: its hub has read the users before. */
    private String changePassword(Instant now) throws Exception {
        String password = UUID.randomUUID().toString();
        HubUsers.of(Home.open(home)).put("ada", password, now);
        return password;
    }

    private String jwt(String password) throws Exception {
        return hub.issuer().login().login("ada", password, HERE).pair().revealAccess();
    }

    private boolean opens(String token) {
        return hub.scopegate()
                        .check()
                        .authenticate(List.of("Bearer " + token).iterator(), () -> HERE)
                        .accessToken()
                != null;
    }

    @Test
    void a_sign_in_opens_nothing_once_the_password_is_another() throws Exception {
        Instant now = Instant.now();
        String before = jwt(changePassword(now));
        assertThat(opens(before)).isTrue();

        String after = jwt(changePassword(now.plusMillis(1)));

        assertThat(opens(before)).isFalse();
        assertThat(opens(after)).isTrue();
    }
}
