package dev.scopegate.sample.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.sample.data.Dataset;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetAccessTest {
    @TempDir
    Path home;

    /** Four columns: overview, metadata, data, edit; "ok", or the refusal's code. */
    @ParameterizedTest
    @CsvSource({
        "ada, public, penguins, ok ok ok insufficient_scope",
        "ada, public, measurements, ok ok insufficient_scope insufficient_scope",
        "ada, public, clinic, not_found not_found not_found not_found",
        "ada, public, absent, not_found not_found not_found not_found",
        "ada, job:execute, penguins, not_found not_found not_found not_found",
        "ada, data.overview, clinic, ok insufficient_scope insufficient_scope insufficient_scope",
        "ada, data.metadata, clinic, ok ok insufficient_scope insufficient_scope",
        "ada, data.data, clinic, ok ok ok insufficient_scope",
        "ada, data.edit, clinic, ok ok ok ok",
        "ada, data.data, measurements, ok ok ok insufficient_scope",
        "ada, admin, clinic, ok ok ok ok",
        "visitor, data.edit, penguins, ok ok ok permission_denied",
        "visitor, public, measurements, ok ok insufficient_scope insufficient_scope",
        "visitor, data.edit, measurements, ok ok permission_denied permission_denied",
        "visitor, data.edit, clinic, not_found not_found not_found not_found",
        "visitor, admin, clinic, not_found not_found not_found not_found",
    })
    void what_a_caller_may_do_is_the_lesser_of_scope_and_owner(String owner, String scope, String id, String expected) {
        try (Hub hub = Opened.in(home)) {
            List<String> results = new ArrayList<>();
            for (String use : List.of("", "/metadata", "/data", "/edit")) {
                results.add(authorized(hub, token(owner, scope), "dataset:" + id + use));
            }

            assertThat(String.join(" ", results).replace("dataset:" + id, "ok")).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ada, public, measurements penguins",
        "ada, data.overview, clinic measurements penguins",
        "visitor, data.edit, measurements penguins",
    })
    void a_list_shows_what_the_caller_may_know_of(String owner, String scope, String expected) {
        try (Hub hub = Opened.in(home)) {
            assertThat(hub.datasets().visible(token(owner, scope)).stream().map(Dataset::id))
                    .isEqualTo(List.of(expected.split(" ")));
        }
    }

    @Test
    void a_token_for_the_organization_cannot_tell_hidden_from_absent() throws Exception {
        try (Hub hub = Opened.in(home)) {
            AccessToken token = token("ada", "public").toBuilder()
                    .resources(List.of("organization:demo"))
                    .build();

            String codes = List.of(
                            "dataset:penguins",
                            "dataset:penguins/data",
                            "dataset:penguins/x",
                            "dataset:clinic",
                            "dataset:clinic/data",
                            "dataset:absent",
                            "dataset:absent/data",
                            "destination:x")
                    .stream()
                    .map(resource -> authorized(hub, token, resource))
                    .collect(Collectors.joining(" "));
            assertThat(codes)
                    .isEqualTo("dataset:penguins dataset:penguins not_found not_found not_found not_found not_found"
                            + " resource_not_allowed");
        }
    }

    private static String authorized(Hub hub, AccessToken token, String resource) {
        try {
            return hub.scopegate().check().authorizeResource(token, resource);
        } catch (AccessDenied e) {
            return e.problem().code();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static AccessToken token(String owner, String scope) {
        return AccessToken.builder(TokenKind.PERSONAL, "12345678901234", "test", owner)
                .scopes(List.of(scope))
                .build();
    }
}
