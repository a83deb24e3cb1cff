package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.access.ResourceDecision;
import dev.scopegate.access.ResourceGuard;
import dev.scopegate.annotation.RequiresAnyScope;
import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.token.AccessToken;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceTemplateTest {
    @RegisterExtension
    static final ResourceServer SERVER =
            ResourceServer.of(Datasets.class, Years.class).guard(new HubGuard());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/datasets/penguins            | 200 penguins",
                "/datasets/pen%67uins          | 200 penguins",
                "/datasets/penguins;a=b        | 200 penguins",
                "/datasets/penguins/           | 200 penguins",
                "/datasets/Penguins            | 403 resource_not_allowed",
                "/datasets/penguin             | 403 resource_not_allowed",
                "/datasets/penguins%20         | 403 resource_not_allowed",
                "/datasets/other               | 403 resource_not_allowed",
                "/datasets/a%20b%7Bc%7D        | 200 a b{c}",
                "/datasets/other/hidden        | 404 not_found",
                "/datasets/penguins/hidden     | 200 penguins",
                "/years/1999/penguins/rows     | 200 1999 penguins",
                "/years/1998/penguins/rows     | 403 resource_not_allowed",
                "/years/199/penguins/rows      | 404 not_found"
            })
    void aTokenOfSomeResourcesOpensThoseOnly(String path, String expected) {
        String token = SERVER.tokens.mint(facts -> facts.scopes(List.of("public"))
                .resources(List.of("dataset:penguins", "dataset:a b{c}", "year:1999/penguins")));
        for (Front front : Front.values()) {
            assertThat(SERVER.getAs(front, token, path)).as(front.name()).hasToString(expected);
        }
    }

    @Test
    void aParentCoversItsChildrenOnly() {
        String token =
                SERVER.tokens.mint(facts -> facts.scopes(List.of("public")).resources(List.of("organization:demo")));
        assertThat(SERVER.getAs(Front.NONE, token, "/datasets/demo-1")).hasToString("200 demo-1");
        assertThat(SERVER.getAs(Front.NONE, token, "/datasets/penguins")).hasToString("403 resource_not_allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "/datasets/fine,            200 fine",
        "/datasets/invisible,       404 not_found",
        "/datasets/small,           403 insufficient_scope",
        "/datasets/forbidden,       403 permission_denied",
        "/datasets/broken,          503 unavailable",
        "/datasets/faulty,          500 error",
        "/datasets/small/hidden,    404 not_found",
        "/datasets/forbidden/hidden,404 not_found"
    })
    void theGuardDecidesAfterTheToken(String path, String expected) {
        for (Front front : Front.values()) {
            String token = SERVER.tokens.mint("public");
            assertThat(SERVER.getAs(front, token, path)).as(front.name()).hasToString(expected);
        }
    }

    @Test
    void aScopeThatTheGuardMissesIsNamedInTheChallenge() {
        Reply refused = SERVER.getAs(Front.NONE, SERVER.tokens.mint("public"), "/datasets/small");
        assertThat(refused.header("WWW-Authenticate").orElse("")).contains("scope=\"data.data\"");
        assertThat(refused.error().path("extra"))
                .hasToString("{\"required\":[\"data.data\"],\"granted\":[\"public\"]}");
    }

    @Test
    void nobodyAsksTheGuardAboutATokenThatMayNotEvenAsk() {
        assertThat(SERVER.getAs(Front.NONE, SERVER.tokens.mint("job:execute"), "/datasets/faulty"))
                .hasToString("403 insufficient_scope");
    }

    @Path("datasets/{datasetId}")
    public static class Datasets {
        @GET
        @RequiresScope(value = "public", resource = "dataset:{datasetId}")
        public String get(@PathParam("datasetId") String id) {
            return id;
        }

        @GET
        @Path("hidden")
        @RequiresAnyScope(value = "public", resource = "dataset:{datasetId}", hide = true)
        public String hidden(@PathParam("datasetId") String id) {
            return id;
        }
    }

    @Path("years/{ year : [0-9]{4} }")
    public static class Years {
        @GET
        @Path("{id: [a-z]{1,20}}/rows")
        @RequiresScope(value = "public", resource = "year:{year}/{id}")
        public String rows(@PathParam("year") String year, @PathParam("id") String id) {
            return year + " " + id;
        }
    }

    /** An application with an opinion about each of its datasets. */
    static final class HubGuard implements ResourceGuard {
        @Override
        public ResourceDecision decide(AccessToken token, String resource) throws dev.scopegate.problem.Unavailable {
            return switch (resource) {
                case "dataset:invisible" -> ResourceDecision.hidden();
                case "dataset:small" -> ResourceDecision.tooSmall("data.data");
                case "dataset:forbidden" -> ResourceDecision.denied();
                case "dataset:broken" -> throw new dev.scopegate.problem.Unavailable("the guard's database", null);
                case "dataset:faulty" -> throw new IllegalStateException("the guard has a bug");
                default -> ResourceDecision.ok(resource);
            };
        }

        @Override
        public @Nullable String parentOf(String resource) {
            return resource.startsWith("dataset:demo-") ? "organization:demo" : null;
        }
    }
}
