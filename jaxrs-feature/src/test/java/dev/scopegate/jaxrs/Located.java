package dev.scopegate.jaxrs;

import dev.scopegate.annotation.RequiresScope;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.concurrent.atomic.AtomicInteger;

/** Resources and the locators that lead to them. */
final class Located {
    private Located() {}

    static final AtomicInteger RAN = new AtomicInteger();

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

        @Path("again/{id}")
        public Rows again() {
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
