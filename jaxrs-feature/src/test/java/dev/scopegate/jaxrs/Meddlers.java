package dev.scopegate.jaxrs;

import dev.scopegate.annotation.RequiresScope;
import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.security.Principal;

/** A resource and an application's filters that do as a request's header says. */
final class Meddlers {
    private Meddlers() {}

    @Path("house")
    @Named
    public static class House {
        @GET
        public String house() {
            return "house";
        }

        @GET
        @Path("open")
        @PermitAll
        public String open() {
            return "open";
        }

        @DELETE
        @Path("open")
        @RequiresScope("data.data")
        public String delete() {
            return "deleted";
        }

        @OPTIONS
        @Path("open")
        @PermitAll
        public String options() {
            return "options";
        }

        @GET
        @Path("cellar")
        @RequiresScope("data.data")
        public String cellar() {
            return "cellar";
        }
    }

    /** Runs before the feature has looked at the request. */
    @PreMatching
    @Priority(1)
    public static class Early implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            obey(request, request.getHeaderString("X-Early"));
        }
    }

    /** Runs after it has. */
    @PreMatching
    @Priority(9_000)
    public static class Late implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            obey(request, request.getHeaderString("X-Late"));
        }
    }

    static void obey(ContainerRequestContext request, String order) {
        if (order == null) return;
        String what = order.substring(order.indexOf(' ') + 1);
        if (order.startsWith("abort")) {
            request.abortWith(
                    Response.status(Integer.parseInt(what)).entity("mine").build());
        } else if (order.startsWith("method")) {
            request.setMethod(what);
        } else if (order.startsWith("path")) {
            URI base = request.getUriInfo().getBaseUri();
            request.setRequestUri(base, base.resolve(what));
        } else if (order.startsWith("context")) {
            request.setSecurityContext(new Anything());
        } else if (order.startsWith("forget")) {
            request.removeProperty("dev.scopegate.admission");
            request.setRequestUri(request.getUriInfo().getBaseUri().resolve("house/cellar"));
        }
    }

    /** Somebody who may do anything, as the application says. */
    private static final class Anything implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return () -> "anything";
        }

        @Override
        public boolean isUserInRole(String role) {
            return true;
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public String getAuthenticationScheme() {
            return "OWN";
        }
    }

    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Named {}

    /** A filter bound by name, which is to change nothing for the feature's. */
    @Named
    public static class Bound implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            request.setProperty("bound", true);
        }
    }
}
