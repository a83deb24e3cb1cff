package dev.scopegate.jaxrs;

import dev.scopegate.annotation.ExportLimited;
import dev.scopegate.annotation.RequiresAnyScope;
import dev.scopegate.annotation.RequiresScope;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Resources whose annotations do not fit. */
final class Misfits {
    private Misfits() {}

    @Path("x")
    public static class Undeclared {
        @GET
        @RequiresScope("data.dta")
        public String get() {
            return "";
        }
    }

    @Path("x")
    public static class UndeclaredRole {
        @GET
        @RolesAllowed({"admin", "Admin"})
        public String get() {
            return "";
        }
    }

    @Path("x/{datasetId: [a-z]{2,}}")
    public static class MissingParameter {
        @GET
        @RequiresScope(value = "public", resource = "dataset:{datasetID}")
        public String get(@PathParam("datasetId") String id) {
            return id;
        }
    }

    @Path("x")
    public static class Empty {
        @GET
        @RequiresAnyScope({})
        public String get() {
            return "";
        }
    }

    @Path("x")
    public static class Contradictory {
        @GET
        @RequiresScope("public")
        @PermitAll
        public String get() {
            return "";
        }
    }

    @Path("x")
    @PermitAll
    @DenyAll
    public static class ContradictoryClass {
        @GET
        public String get() {
            return "";
        }
    }

    @Path("x/{id}")
    public static class Brace {
        @GET
        @RequiresScope(value = "public", resource = "dataset:{id")
        public String get() {
            return "";
        }
    }

    @Path("exports")
    public static class Exports {
        @GET
        @ExportLimited("dataset:penguins")
        public String get() {
            return "data";
        }
    }

    @Path("x")
    public static class Locator {
        @GET
        public String get() {
            return "";
        }

        @Path("sub")
        @RequiresScope("admin")
        public Exports sub() {
            return new Exports();
        }
    }
}
