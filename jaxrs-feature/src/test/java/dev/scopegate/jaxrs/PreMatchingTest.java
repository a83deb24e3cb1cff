package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application's own filters do before a method is found. */
class PreMatchingTest {
    @RegisterExtension
    static final ResourceServer SERVER =
            ResourceServer.of(Meddlers.House.class, Meddlers.Early.class, Meddlers.Late.class, Meddlers.Bound.class);

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
    @ValueSource(strings = {"X-Early: context", "X-Late: context"})
    void aSecurityContextOfTheirsNeitherOpensNorCloses(String header) {
        for (Front front : new Front[] {Front.NONE, Front.OPEN_FILTER}) {
            assertThat(SERVER.get(front, "/house/cellar", header)).hasToString("401 not_authenticated");
            assertThat(SERVER.getAs(front, SERVER.tokens.mint("public"), "/house/cellar", header))
                    .hasToString("403 insufficient_scope");
            assertThat(SERVER.getAs(front, SERVER.tokens.mint("data.data"), "/house/cellar", header))
                    .hasToString("200 cellar");
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
}
