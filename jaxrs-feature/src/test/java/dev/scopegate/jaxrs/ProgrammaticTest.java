package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.annotation.RequiresScope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import org.glassfish.jersey.process.Inflector;
import org.glassfish.jersey.server.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Resources that an engine learns of in its own ways: built in code, found late, or living as long as the server. */
class ProgrammaticTest {
    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(Root.class).with(app -> {
        Resource.Builder built = Resource.builder("built");
        built.addMethod("GET").handledBy((Inflector<ContainerRequestContext, String>) request -> "built");
        built.addMethod("POST").handledBy(new Annotated());
        app.registerResources(built.build());
        app.registerInstances(new Singleton());
    });

    @ParameterizedTest
    @EnumSource(Front.class)
    void aResourceBuiltInCodeGetsTheDefault(Front front) {
        assertThat(SERVER.get(front, "/built")).hasToString("401 not_authenticated");
        assertThat(SERVER.getAs(front, SERVER.tokens.mint("public"), "/built")).hasToString("200 built");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void orWhatItsHandlersClassSays(Front front) {
        assertThat(SERVER.sendAs(front, SERVER.tokens.mint("public"), "POST", "/built", ""))
                .hasToString("403 insufficient_scope");
        assertThat(SERVER.sendAs(front, SERVER.tokens.mint("data.data"), "POST", "/built", ""))
                .hasToString("200 annotated");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aLocatorMayBuildOneToo(Front front) {
        assertThat(SERVER.get(front, "/root/built")).hasToString("401 not_authenticated");
        assertThat(SERVER.getAs(front, SERVER.tokens.mint("public"), "/root/built"))
                .hasToString("200 built late");
        assertThat(SERVER.getAs(front, SERVER.tokens.mint("public"), "/root/singleton"))
                .hasToString("403 insufficient_scope");
    }

    @Test
    void anInstanceIsCheckedOnEveryRequest() {
        for (int time = 0; time < 3; time++) {
            assertThat(SERVER.getAs(Front.NONE, SERVER.tokens.mint("data.data"), "/singleton"))
                    .hasToString("200 singleton");
            assertThat(SERVER.getAs(Front.NONE, SERVER.tokens.mint("public"), "/singleton"))
                    .hasToString("403 insufficient_scope");
            assertThat(SERVER.get(Front.NONE, "/singleton")).hasToString("401 not_authenticated");
        }
    }

    @RequiresScope("data.data")
    static final class Annotated implements Inflector<ContainerRequestContext, String> {
        @Override
        public String apply(ContainerRequestContext request) {
            return "annotated";
        }
    }

    @Path("root")
    public static class Root {
        @Path("built")
        public Resource built() {
            Resource.Builder late = Resource.builder();
            late.addMethod("GET").handledBy((Inflector<ContainerRequestContext, String>) request -> "built late");
            return late.build();
        }

        @Path("singleton")
        public Object singleton(@Context jakarta.ws.rs.container.ResourceContext context) {
            return context.initResource(new Singleton());
        }
    }

    @Path("singleton")
    public static class Singleton {
        @GET
        @RequiresScope("data.data")
        public String get() {
            return "singleton";
        }
    }
}
