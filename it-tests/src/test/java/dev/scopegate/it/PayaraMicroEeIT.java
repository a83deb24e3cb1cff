package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.http.RawResponse;
import dev.scopegate.it.server.Container;
import java.io.IOException;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** EJB, CDI and Jakarta Security in Payara Micro. */
@Tag("server")
final class PayaraMicroEeIT extends EeContract {
    PayaraMicroEeIT() {
        super(Container.payaraEe());
    }

    /** It has no request scope there, for any bean; should it get one, this fails, and docs/containers.md is to be mended. */
    @Override
    @Test
    void an_asynchronous_dispatch_sees_the_same_token() throws IOException {
        for (RawResponse answer : toEveInAsynchronousDispatches()) {
            assertThat(answer.text()).contains("Error report").doesNotContain("ASYNC");
        }
    }

    @Override
    @Test
    @Disabled("it keeps such sessions in Hazelcast alone, which listens on every address")
    void a_distributable_session_is_the_applications_own() {}
}
