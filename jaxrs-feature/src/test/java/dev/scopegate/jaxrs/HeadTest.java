package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HeadTest {
    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(Shelves.Shelf.class);

    @Test
    void headTellsWhatGetWouldAndNoBody() {
        String good = SERVER.tokens.mint("data.overview");
        for (Front front : Front.values()) {
            for (String path : new String[] {"/shelf", "/shelf/all", "/missing"}) {
                assertSameHeaders(SERVER.getAs(front, good, path), SERVER.sendAs(front, good, "HEAD", path, ""));
                assertSameHeaders(SERVER.get(front, path), SERVER.send(front, "HEAD", path, ""));
            }
        }
    }

    private static void assertSameHeaders(Reply get, Reply head) {
        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.body()).isEmpty();
        for (String name :
                new String[] {"Content-Type", "Content-Length", "Cache-Control", "WWW-Authenticate", "Retry-After"}) {
            assertThat(head.header(name)).as(name).isEqualTo(get.header(name));
        }
    }
}
