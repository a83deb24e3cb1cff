package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.annotation.RequiresScope;
import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an application's own filters do before a method is found. */
class PreMatchingTest {
    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(House.class, Early.class, Late.class, Bound.class);

    @ParameterizedTest
    @CsvSource({"X-Early, 302", "X-Early, 429", "X-Late, 302", "X-Late, 429", "X-Late, 200"})
    void theirAnswersStay(String header, int status) {
        for (Front front : new Front[] {Front.NONE, Front.OPEN_FILTER}) {
            Reply reply = SERVER.get(front, "/house", header + ": abort " + status);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.body()).isEqualTo("mine");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     X-Early: method DELETE",
        "GET,     X-Late: method DELETE",
        "OPTIONS, X-Early: method DELETE",
        "OPTIONS, X-Late: method DELETE",
        "GET,     X-Early: path house/cellar",
        "GET,     X-Late: path house/cellar",
        "HEAD,    X-Late: path house/cellar",
        "GET,     X-Late: forget"
    })
    void whatTheyChangeIsCheckedAsItIsThen(String method, String header) {
        String[] preflight = {"Origin: https://app.example", "Access-Control-Request-Method: GET", header};
        for (Front front : new Front[] {Front.NONE, Front.OPEN_FILTER}) {
            assertThat(SERVER.send(front, method, "/house/open", "", preflight).status())
                    .isIn(401, 500);
            Reply small = SERVER.sendAs(front, SERVER.tokens.mint("public"), method, "/house/open", "", preflight);
            assertThat(small.status()).isIn(403, 500);
        }
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void theNamesOfOurAttributesAreNothingThatAClientCanSet(Front front) {
        String[] headers = {
            "dev.scopegate.admission: x", "dev.scopegate.jaxrs.reached: true", "X-Early: property reached"
        };
        String query = "?dev.scopegate.admission=x&dev.scopegate.jaxrs.reached=true&access_token=";
        assertThat(SERVER.get(front, "/house/cellar" + query + SERVER.tokens.mint("admin"), headers))
                .hasToString("401 not_authenticated");
    }

    @Path("house")
    @Named
    public static class House {
        @GET
        public String house() {
            return "house";
        }

        @GET
        @Path("open")
        @PermitAll
        public String open() {
            return "open";
        }

        @DELETE
        @Path("open")
        @RequiresScope("data.data")
        public String delete() {
            return "deleted";
        }

        @OPTIONS
        @Path("open")
        @PermitAll
        public String options() {
            return "options";
        }

        @GET
        @Path("cellar")
        @RequiresScope("data.data")
        public String cellar() {
            return "cellar";
        }
    }

    /** Runs before the feature has looked at the request. */
    @PreMatching
    @Priority(1)
    public static class Early implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            obey(request, request.getHeaderString("X-Early"));
        }
    }

    /** Runs after it has. */
    @PreMatching
    @Priority(9_000)
    public static class Late implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            obey(request, request.getHeaderString("X-Late"));
        }
    }

    static void obey(ContainerRequestContext request, String order) {
        if (order == null) return;
        String what = order.substring(order.indexOf(' ') + 1);
        if (order.startsWith("abort")) {
            request.abortWith(
                    Response.status(Integer.parseInt(what)).entity("mine").build());
        } else if (order.startsWith("method")) {
            request.setMethod(what);
        } else if (order.startsWith("path")) {
            URI base = request.getUriInfo().getBaseUri();
            request.setRequestUri(base, base.resolve(what));
        } else if (order.startsWith("forget")) {
            request.removeProperty("dev.scopegate.admission");
            request.setRequestUri(request.getUriInfo().getBaseUri().resolve("house/cellar"));
        }
    }

    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Named {}

    /** A filter bound by name, which is to change nothing for the feature's. */
    @Named
    public static class Bound implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            request.setProperty("bound", true);
        }
    }
}
