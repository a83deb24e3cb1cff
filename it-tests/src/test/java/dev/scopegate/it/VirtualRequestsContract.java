package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.heap.ThreadDump;
import dev.scopegate.it.server.Await;
import dev.scopegate.it.server.Container;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The requests where each has a virtual thread, and the proof that it has one. */
abstract class VirtualRequestsContract extends RequestsContract {
    private static final String FILTER = "dev.scopegate.servlet.BearerTokenFilter.doFilter";
    private static final String READER = "dev.scopegate.issuer.json.JsonBodyReader.readFrom";
    private static final String BODY = "{}";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    VirtualRequestsContract(Optional<Container> container) {
        super(container);
    }

    @Test
    void a_request_that_waits_for_its_body_has_a_virtual_thread() throws Exception {
        List<ThreadDump.Entry> waiting = new ArrayList<>();
        URI url = URI.create(server().url());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            socket.setSoTimeout((int) LONGEST.toMillis());
            String head = "POST " + url.getPath() + "/api/v1/auth/authenticate HTTP/1.1\r\nHost: "
                    + url.getAuthority() + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                    + BODY.length() + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            Await.until("a request waits for its body", LONGEST, () -> {
                waiting.clear();
                ThreadDump.of(server()).stream()
                        .filter(each -> each.isIn(READER))
                        .forEach(waiting::add);
                return !waiting.isEmpty();
            });
            socket.getOutputStream().write(BODY.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ");
        }
        assertThat(waiting).hasSize(1).allMatch(each -> each.isIn(FILTER)).allMatch(ThreadDump.Entry::isVirtual);
    }
}
