package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that take longer than the method that begins them. */
class ConversationTest {
    private static final int MUCH = 100_000;

    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(Slow.class);

    @ParameterizedTest
    @CsvSource({
        "suspended,     200 later alice",
        "stage,         200 stage alice",
        "suspended-not, 404 not_found",
        "stage-not,     403 permission_denied",
        "stage-missing, 404 not_found",
        "stage-broken,  500 error",
        "stream,        200 streamed",
        "stream-early,  500 error"
    })
    void goOnAsEver(String path, String expected) {
        for (Front front : Front.values()) {
            assertThat(SERVER.getAs(front, SERVER.tokens.mint("data.data"), "/slow/" + path))
                    .as(front.name())
                    .hasToString(expected);
            assertThat(SERVER.getAs(front, SERVER.tokens.mint("public"), "/slow/" + path))
                    .hasToString("403 insufficient_scope");
            assertThat(SERVER.get(front, "/slow/" + path)).hasToString("401 not_authenticated");
        }
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void eventsAreSent(Front front) {
        Reply events = SERVER.getAs(front, SERVER.tokens.mint("data.data"), "/slow/events");
        assertThat(events.status()).isEqualTo(200);
        assertThat(events.body()).contains("data: one", "data: two");
        assertThat(SERVER.get(front, "/slow/events", "Accept: text/event-stream"))
                .hasToString("401 not_authenticated");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void nothingIsWrittenIntoAResponseThatIsOnItsWay(Front front) {
        Reply begun = SERVER.getAs(front, SERVER.tokens.mint("data.data"), "/slow/stream-late");
        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.response().body()).isEqualTo(new byte[MUCH]);
    }

    @Path("slow")
    @RequiresScope("data.data")
    public static class Slow {
        @Context
        private SecurityContext security;

        @GET
        @Path("suspended")
        public void suspended(@Suspended AsyncResponse response) {
            String name = security.getUserPrincipal().getName();
            new Thread(() -> response.resume("later " + name)).start();
        }

        @GET
        @Path("suspended-not")
        public void suspendedNot(@Suspended AsyncResponse response) {
            new Thread(() -> response.resume(new NotFoundException())).start();
        }

        @GET
        @Path("stage")
        public CompletionStage<String> stage() {
            String name = security.getUserPrincipal().getName();
            return CompletableFuture.supplyAsync(() -> "stage " + name);
        }

        @GET
        @Path("stage-not")
        public CompletionStage<String> stageNot() {
            return CompletableFuture.failedFuture(new AccessDenied(Problem.permissionDenied()));
        }

        @GET
        @Path("stage-missing")
        public CompletionStage<String> stageMissing() {
            return CompletableFuture.supplyAsync(() -> {
                throw new NotFoundException();
            });
        }

        @GET
        @Path("stage-broken")
        public CompletionStage<String> stageBroken() {
            return CompletableFuture.supplyAsync(() -> {
                throw new IllegalStateException("secret");
            });
        }

        @GET
        @Path("stream")
        public StreamingOutput stream() {
            return out -> out.write("streamed".getBytes(StandardCharsets.US_ASCII));
        }

        @GET
        @Path("stream-early")
        public StreamingOutput streamEarly() {
            return out -> {
                throw new IllegalStateException("secret");
            };
        }

        @GET
        @Path("stream-late")
        public StreamingOutput streamLate() {
            return out -> {
                out.write(new byte[MUCH]);
                out.flush();
                throw new IllegalStateException("secret");
            };
        }

        @GET
        @Path("events")
        @Produces(MediaType.SERVER_SENT_EVENTS)
        public void events(@Context SseEventSink sink, @Context Sse sse) {
            sink.send(sse.newEvent("one"));
            sink.send(sse.newEvent("two")).thenRun(sink::close);
        }
    }
}
