package dev.scopegate.engines;

import dev.scopegate.annotation.RequiresAnyScope;
import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.jaxrs.ScopegateFeature;
import dev.scopegate.token.AccessToken;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An application in which every kind of annotation stands once. */
public class Shop extends Application {
    /** How often a method has run that nobody without the right token may run. */
    static final AtomicInteger GUARDED_RUNS = new AtomicInteger();

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ScopegateFeature.class, Shelf.class, Failing.class, Me.class);
    }

    /** Guarded as a whole, with exceptions. */
    @Path("shelf")
    @RequiresScope("data.overview")
    public static class Shelf {
        @GET
        public String byClass() {
            GUARDED_RUNS.incrementAndGet();
            return "class";
        }

        @GET
        @Path("all")
        @RequiresScope({"data.data", "job:execute"})
        public String all() {
            GUARDED_RUNS.incrementAndGet();
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
            GUARDED_RUNS.incrementAndGet();
            return "shut";
        }

        @GET
        @Path("hidden")
        @RequiresScope(value = "data.data", hide = true)
        public String hidden() {
            return "hidden";
        }

        @GET
        @Path("books/{id}")
        @RequiresScope(value = "data.overview", resource = "book:{id}")
        public String book(@PathParam("id") String id) {
            return "book " + id;
        }

        @POST
        @Consumes(MediaType.TEXT_PLAIN)
        @Produces(MediaType.TEXT_PLAIN)
        @RequiresScope("data.data")
        public String put(String text) {
            GUARDED_RUNS.incrementAndGet();
            return "put " + text;
        }
    }

    /** Throws. */
    @Path("failing")
    public static class Failing {
        @GET
        @Path("missing")
        public String missing() {
            throw new NotFoundException();
        }

        @GET
        @Path("forbidden")
        public String forbidden() {
            throw new ForbiddenException();
        }

        @GET
        @Path("broken")
        public String broken() {
            throw new IllegalStateException("a secret of the application");
        }
    }

    /** Says who asks. */
    @Path("me")
    public static class Me {
        @GET
        public String me(@Context SecurityContext security, @Context HttpServletRequest request) {
            AccessToken token = (AccessToken) security.getUserPrincipal();
            boolean same = AccessToken.current(request::getAttribute) == token;
            return String.join(
                    " ",
                    token.owner(),
                    security.getAuthenticationScheme(),
                    "overview:" + security.isUserInRole("data.overview"),
                    "admin:" + security.isUserInRole("admin"),
                    same ? "same" : "different");
        }
    }

    /** Names a scope that the catalog has not. */
    public static class Misspelt extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(ScopegateFeature.class, Typo.class);
        }
    }

    /** An application that does not register the feature. */
    public static class Forgetful extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Shelf.class);
        }
    }

    /** The same with annotations on a sub-resource alone. */
    public static class ForgetfulBelow extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Rooms.class);
        }
    }

    /** A resource of {@link ForgetfulBelow}. */
    @Path("rooms")
    public static class Rooms {
        @Path("{id}")
        public Room room() {
            return new Room();
        }
    }

    /** A sub-resource of {@link Rooms}. */
    public static class Room {
        @GET
        @RequiresScope("data.data")
        public String get() {
            return "room";
        }
    }

    /** A resource of {@link Misspelt}. */
    @Path("typo")
    public static class Typo {
        @GET
        @RequiresScope("data.overveiw")
        public String get() {
            return "typo";
        }
    }
}
