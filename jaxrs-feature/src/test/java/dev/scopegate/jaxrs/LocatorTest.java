package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.annotation.RequiresScope;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LocatorTest {
    private static final AtomicInteger RAN = new AtomicInteger();

    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(Root.class, AnnotatedLocatorOnly.class);

    @ParameterizedTest
    @CsvSource({
        "/root/penguins/instance/rows, 200 penguins",
        "/root/penguins/type/rows,     200 penguins",
        "/root/penguins/untyped/rows,  200 penguins",
        "/root/penguins/deep/deep/rows,200 penguins",
        "/root/other/instance/rows,    403 resource_not_allowed",
        "/root/other/type/rows,        403 resource_not_allowed",
        "/root/other/untyped/rows,     403 resource_not_allowed",
        "/root/other/deep/deep/rows,   403 resource_not_allowed",
        "/root/penguins/nothing/rows,  404 not_found",
        "/root/penguins/missing/rows,  404 not_found"
    })
    void aSubResourceIsGuardedHoweverItIsFound(String path, String expected) {
        String token =
                SERVER.tokens.mint(facts -> facts.scopes(List.of("public")).resources(List.of("dataset:penguins")));
        for (Front front : Front.values()) {
            assertThat(SERVER.getAs(front, token, path)).as(front.name()).hasToString(expected);
            assertThat(SERVER.get(front, path)).as(front.name()).hasToString("401 not_authenticated");
        }
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aSubResourceWithAWrongAnnotationNeverRuns(Front front) {
        String token = SERVER.tokens.mint("admin");
        for (String path : new String[] {"/misspelt/bad", "/parameter/bad"}) {
            for (int time = 0; time < 3; time++) {
                assertThat(SERVER.getAs(front, token, "/root/penguins" + path)).hasToString("500 error");
            }
        }
        assertThat(RAN).hasValue(0);
    }

    @Test
    void itsOtherMethodsDo() {
        assertThat(SERVER.get(Front.NONE, "/root/penguins/misspelt/good")).hasToString("200 good");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void anAnnotationOnALocatorProtectsNothingSoNothingIsServed(Front front) {
        String token = SERVER.tokens.mint("admin");
        assertThat(SERVER.getAs(front, token, "/believed/penguins/rows")).hasToString("500 error");
        assertThat(SERVER.getAs(front, token, "/believed/penguins/rows")).hasToString("500 error");
    }

    @Path("believed")
    public static class AnnotatedLocatorOnly {
        @Path("{id}")
        @RequiresScope("admin")
        public Rows rows() {
            return new Rows();
        }
    }

    @Path("root/{id}")
    public static class Root {
        @Path("instance")
        public Rows instance() {
            return new Rows();
        }

        @Path("type")
        public Class<Rows> type() {
            return Rows.class;
        }

        @Path("untyped")
        public Object untyped() {
            return new Rows();
        }

        @Path("deep")
        public Deep deep() {
            return new Deep();
        }

        @Path("nothing")
        public Rows nothing() {
            return null;
        }

        @Path("missing")
        public Rows missing() {
            throw new NotFoundException();
        }

        @Path("misspelt")
        public Misspelt misspelt() {
            return new Misspelt();
        }

        @Path("parameter")
        public Parameter parameter() {
            return new Parameter();
        }
    }

    public static class Deep {
        @Path("deep")
        public Rows rows() {
            return new Rows();
        }
    }

    public static class Rows {
        @GET
        @Path("rows")
        @RequiresScope(value = "public", resource = "dataset:{id}")
        public String rows(@PathParam("id") String id) {
            return id;
        }
    }

    public static class Misspelt {
        @GET
        @Path("bad")
        @RequiresScope("data.dta")
        public String bad() {
            RAN.incrementAndGet();
            return "bad";
        }

        @GET
        @Path("good")
        @PermitAll
        public String good() {
            return "good";
        }
    }

    public static class Parameter {
        @GET
        @Path("bad")
        @RequiresScope(value = "public", resource = "dataset:{datasetId}")
        public String bad() {
            RAN.incrementAndGet();
            return "bad";
        }
    }
}
