package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.http.RawResponse;
import dev.scopegate.it.server.Container;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** EJB, CDI and Jakarta Security in GlassFish. */
@Tag("server")
final class GlassFishEeIT extends EeContract {
    GlassFishEeIT() {
        super(Container.glassfishEe());
    }

    /** As in {@link PayaraMicroEeIT}. */
    @Override
    @Test
    void an_asynchronous_dispatch_sees_the_same_token() throws IOException {
        for (RawResponse answer : toEveInAsynchronousDispatches()) {
            assertThat(answer.text()).contains("Error report").doesNotContain("ASYNC");
        }
    }
}
