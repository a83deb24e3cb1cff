package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InheritanceTest {
    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(
                    Inherited.OfInterface.class,
                    Inherited.WithJaxRsAgain.class,
                    Inherited.OfWholeInterface.class,
                    Inherited.Kept.class,
                    Inherited.Overridden.class,
                    Inherited.OverriddenWithJaxRs.class,
                    Inherited.OfGeneric.class,
                    Inherited.OfGenericBase.class)
            .with(application -> application.register(new Inherited.Original$Proxy$_$$_WeldClientProxy()));

    @ParameterizedTest
    @CsvSource({
        "GET,  /interface/1",
        "GET,  /again/1",
        "GET,  /whole/1",
        "GET,  /kept/1",
        "GET,  /overridden/1",
        "GET,  /overridden-again/1",
        "GET,  /proxied/1",
        "POST, /generic/one",
        "POST, /generic-base/one"
    })
    void theNearestAnnotationHoldsWhereverItStands(String method, String path) {
        String[] text = {"Content-Type: text/plain"};
        String body = method.equals("POST") ? "1" : "";
        for (Front front : Front.values()) {
            String small = SERVER.tokens.mint("public");
            assertThat(SERVER.sendAs(front, small, method, path, body, text)).hasToString("403 insufficient_scope");
            assertThat(SERVER.send(front, method, path, body, text)).hasToString("401 not_authenticated");
            String enough = SERVER.tokens.mint("data.data");
            assertThat(SERVER.sendAs(front, enough, method, path, body, text).status())
                    .isNotIn(401, 403, 404, 405);
        }
    }
}
