package dev.scopegate.jaxrs;

import dev.scopegate.annotation.RequiresAnyScope;
import dev.scopegate.annotation.RequiresScope;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Resources with every kind of annotation. */
final class Shelves {
    private Shelves() {}

    @Path("shelf")
    @RequiresScope("data.overview")
    public static class Shelf {
        @GET
        public String byClass() {
            return "class";
        }

        @GET
        @Path("all")
        @RequiresScope({"data.data", "job:execute"})
        public String all() {
            return "all";
        }

        @GET
        @Path("any")
        @RequiresAnyScope({"data.data", "job:execute"})
        public String any() {
            return "any";
        }

        @GET
        @Path("roles")
        @RolesAllowed({"data.data", "job:execute"})
        public String roles() {
            return "roles";
        }

        @GET
        @Path("open")
        @PermitAll
        public String open() {
            return "open";
        }

        @GET
        @Path("shut")
        @DenyAll
        public String shut() {
            return "shut";
        }

        @GET
        @Path("seen")
        @RequiresScope(value = "data.data", hide = true)
        public String seen() {
            return "seen";
        }
    }

    @Path("any")
    @RequiresAnyScope({"data.data", "job:execute"})
    public static class AnyShelf {
        @GET
        public String any() {
            return "any";
        }

        @GET
        @Path("open")
        @PermitAll
        public String open() {
            return "open";
        }
    }

    @Path("roles")
    @RolesAllowed({"data.data", "job:execute"})
    public static class RoleShelf {
        @GET
        public String roles() {
            return "roles";
        }
    }

    @Path("open")
    @PermitAll
    public static class OpenShelf {
        @GET
        public String open() {
            return "open";
        }

        @GET
        @Path("locked")
        @RequiresScope("data.data")
        public String locked() {
            return "locked";
        }
    }

    @Path("shut")
    @DenyAll
    public static class ShutShelf {
        @GET
        public String shut() {
            return "shut";
        }

        @GET
        @Path("locked")
        @RequiresScope("data.data")
        public String locked() {
            return "locked";
        }
    }

    @Path("plain")
    public static class Plain {
        @GET
        public String plain() {
            return "plain";
        }
    }
}
