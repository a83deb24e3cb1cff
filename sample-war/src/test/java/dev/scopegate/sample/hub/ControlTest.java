package dev.scopegate.sample.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.store.TokenQuery;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line beside a running hub. */
class ControlTest {
    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = Opened.in(folder);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Control.Answer ask(String action, Map<String, String> options) throws IOException {
        Control.Answer answer = Control.ask(Home.open(folder), action, options);
        assertThat(answer).isNotNull();
        return answer;
    }

    private boolean opens(String token) {
        return hub.scopegate()
                        .check()
                        .authenticate(List.of("Bearer " + token).iterator(), () -> ClientAddress.UNKNOWN)
                        .accessToken()
                != null;
    }

    @Test
    void a_token_made_beside_a_running_hub_opens_it_and_one_that_is_revoked_opens_nothing_from_then_on()
            throws Exception {
        Control.Answer made = ask("create", Map.of("name", "Zoë", "scopes", "public"));
        assertThat(made.status()).isZero();
        String token = made.out().strip();
        assertThat(opens(token)).isTrue();

        assertThat(ask("revoke", Map.of("name", "Zoë")).status()).isZero();

        assertThat(opens(token)).isFalse();
    }

    @Test
    void what_is_wrong_comes_back_as_a_sentence() throws Exception {
        Control.Answer wrong = ask("create", Map.of("name", "x", "scopes", "data.dat"));
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("data.data").doesNotContain("Exception");

        Control.Answer absent = ask("revoke", Map.of("name", "nobody"));
        assertThat(absent.status()).isEqualTo(1);
        assertThat(absent.err()).contains("no such token");
    }

    @Test
    void the_key_is_for_the_owner_alone_and_goes_with_the_hub() throws Exception {
        Path file = folder.resolve("control");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        hub.close();

        assertThat(file).doesNotExist();
        assertThat(Control.ask(Home.open(folder), "list", Map.of())).isNull();
    }

    @Test
    void nobody_without_the_key_is_answered_and_the_next_with_it_is() throws Exception {
        int port = Integer.parseInt(Files.readString(folder.resolve("control")).split(" ", 2)[0]);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            new DataInputStream(socket.getInputStream()).readNBytes(16);
            socket.getOutputStream().write(new byte[48]); // random bytes and a proof of nothing
            assertThat(answerTo(socket)).isEqualTo(-1);
        }
        assertThat(hub.mint().list(TokenQuery.all())).hasSize(1);
        assertThat(ask("list", Map.of()).status()).isZero();
    }

    @Test
    void who_only_dribbles_into_the_port_keeps_nobody_else_out() throws Exception {
        int port = Integer.parseInt(Files.readString(folder.resolve("control")).split(" ", 2)[0]);
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), port)) {
            slow.getOutputStream().write(1);
            assertThat(ask("list", Map.of()).status()).isZero();
        }
    }

    @Test
    void who_took_the_port_of_a_killed_hub_is_not_believed() throws Exception {
        String key = Files.readString(folder.resolve("control")).strip().split(" ", 2)[1];
        hub.close();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(folder.resolve("control"), other.getLocalPort() + " " + key + "\n");
            Thread liar = new Thread(() -> lie(other));
            liar.start();

            assertThat(Control.ask(Home.open(folder), "list", Map.of())).isNull();
            liar.join();
        }
    }

    /** Takes what comes and answers with as many bytes as would be right. */
    private static void lie(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write(new byte[16]);
            socket.getInputStream().readNBytes(48);
            socket.getOutputStream().write(new byte[32]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int answerTo(Socket socket) throws IOException {
        try {
            return new DataInputStream(socket.getInputStream()).read();
        } catch (IOException reset) {
            return -1;
        }
    }

    @Test
    void a_file_left_by_a_hub_that_was_killed_is_no_hub() throws Exception {
        byte[] left = Files.readAllBytes(folder.resolve("control"));
        hub.close();
        Files.write(folder.resolve("control"), left);

        assertThat(Control.ask(Home.open(folder), "list", Map.of())).isNull();
        Opened.in(folder).close();
        assertThat(folder.resolve("control")).doesNotExist();
    }
}
