package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonErrorTest {
    private static final String JSON = "Content-Type: application/json";

    @RegisterExtension
    static final ResourceServer AFTER = ResourceServer.of(Orders.class).with(app -> app.register(JacksonFeature.class));

    @RegisterExtension
    static final ResourceServer BEFORE = ResourceServer.without()
            .with(app -> app.register(JacksonFeature.class)
                    .register(ScopegateFeature.class)
                    .register(Orders.class));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"a\",\"amount\":1}           | 200 a 1",
                "{\"name\":                              | 400 parse_error",
                "{\"name\":\"a                           | 400 parse_error",
                "{\"name\":\"a\\q\"}                     | 400 parse_error",
                "{\"lines\":[{\"name\":\"a               | 400 parse_error",
                "no json                                 | 400 parse_error",
                "[]                                      | 400 parse_error",
                "{\"amount\":\"many\"}                   | 400 invalid_type amount",
                "{\"lines\":[{\"amount\":1},{\"amount\":[]}]} | 400 invalid_type lines.1.amount",
                "{\"amount\":99999999999}                | 400 invalid_type amount",
                "{\"labels\":{\"a\":{}}}                 | 400 invalid_type labels.a"
            })
    void aBodyThatCannotBeReadIsTheClientsFault(String body, String expected) {
        for (ResourceServer server : List.of(AFTER, BEFORE)) {
            Reply reply = post(server, body);
            String attr =
                    reply.status() == 200 ? "" : reply.error().path("attr").asText();
            assertThat((reply + " " + attr).replace(" null", "").trim()).isEqualTo(expected);
            assertThat(reply.body()).doesNotContain("many", "Exception", "Orders");
        }
    }

    @Test
    void bodiesThatNestTooDeepAreToo() {
        assertThat(post(AFTER, "{\"any\":" + "[".repeat(5_000))).hasToString("400 parse_error");
        assertThat(AFTER.sendAs(
                        Front.NONE, AFTER.tokens.mint("public"), "POST", "/orders/any", "[".repeat(5_000), JSON))
                .hasToString("400 parse_error");
        assertThat(post(AFTER, "[".repeat(5_000))).hasToString("400 parse_error");
        assertThat(post(AFTER, "{\"amount\":" + "1".repeat(5_000) + "}")).hasToString("400 parse_error");
    }

    @Test
    void aResultThatCannotBeWrittenIsTheServersFault() {
        for (ResourceServer server : List.of(AFTER, BEFORE)) {
            for (String path : List.of("/orders/unwritable", "/orders/throwing")) {
                try (Logged logged = new Logged()) {
                    assertThat(server.getAs(Front.NONE, server.tokens.mint("public"), path))
                            .hasToString("500 error");
                    assertThat(logged.warnings()).hasSize(1);
                }
            }
        }
    }

    @Test
    void aTypeThatCannotBeReadIsTheServersFault() {
        assertThat(AFTER.sendAs(Front.NONE, AFTER.tokens.mint("public"), "POST", "/orders/abstract", "{}", JSON))
                .hasToString("500 error");
    }

    private static Reply post(ResourceServer server, String body) {
        String token = server.tokens.mint("public");
        return server.sendAs(Front.NONE, token, "POST", "/orders", body, JSON);
    }

    /** What is ordered. */
    public record Order(String name, int amount, List<Order> lines, Map<String, Integer> labels, Object any) {}

    /** A result whose getter fails. */
    public static class Throwing {
        public String getName() {
            throw new IllegalStateException("secret");
        }
    }

    /** A type that says nothing of how it is made. */
    public interface Unknowable {
        String name();
    }

    @Path("orders")
    @Consumes(MediaType.APPLICATION_JSON)
    public static class Orders {
        @POST
        public String order(Order order) {
            return order.name() + " " + order.amount();
        }

        @POST
        @Path("abstract")
        public String unknowable(Unknowable body) {
            return body.name();
        }

        @POST
        @Path("any")
        public String any(List<Object> body) {
            return "any";
        }

        @GET
        @Path("{what}")
        @Produces(MediaType.APPLICATION_JSON)
        public Object unwritable(@PathParam("what") String what) {
            return what.equals("throwing") ? new Throwing() : Map.of("thread", new Object());
        }
    }
}
