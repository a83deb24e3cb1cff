package dev.scopegate.jaxrs;

import dev.scopegate.annotation.RequiresScope;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;

/** Resources whose annotations stand elsewhere than on the method that runs. Every one needs data.data. */
final class Inherited {
    private Inherited() {}

    interface Api {
        @GET
        @Path("{id}")
        @RequiresScope("data.data")
        String get(@PathParam("id") String id);
    }

    @Path("interface")
    public static class OfInterface implements Api {
        @Override
        public String get(String id) {
            return id;
        }
    }

    @Path("again")
    public static class WithJaxRsAgain implements Api {
        @GET
        @Path("{id}")
        @Override
        public String get(@PathParam("id") String id) {
            return id;
        }
    }

    @Path("whole")
    interface WholeApi {
        @GET
        @Path("{id}")
        @RequiresScope("data.data")
        String get(@PathParam("id") String id);
    }

    public static class OfWholeInterface implements WholeApi {
        @Override
        public String get(String id) {
            return id;
        }
    }

    @PermitAll
    public static class Base {
        @GET
        @Path("{id}")
        @RequiresScope("data.data")
        public String get(@PathParam("id") String id) {
            return id;
        }
    }

    @Path("kept")
    @PermitAll
    public static class Kept extends Base {}

    @Path("overridden")
    @PermitAll
    public static class Overridden extends Base {
        @Override
        public String get(String id) {
            return id;
        }
    }

    @Path("overridden-again")
    @PermitAll
    public static class OverriddenWithJaxRs extends Base {
        @GET
        @Path("{id}")
        @Override
        public String get(@PathParam("id") String id) {
            return id;
        }
    }

    interface Crud<T> {
        @POST
        @Path("one")
        @Consumes(MediaType.TEXT_PLAIN)
        @RequiresScope("data.data")
        String put(T item);
    }

    @Path("generic")
    @PermitAll
    public static class OfGeneric implements Crud<Byte> {
        @Override
        public String put(Byte item) {
            return "one";
        }
    }

    @PermitAll
    public abstract static class GenericBase<T> {
        @POST
        @Path("one")
        @Consumes(MediaType.TEXT_PLAIN)
        public abstract String put(T item);
    }

    @Path("generic-base")
    @PermitAll
    public static class OfGenericBase extends GenericBase<String> {
        @RequiresScope("data.data")
        @Override
        public String put(String item) {
            return item;
        }
    }

    /** What a container makes of a class: a subclass that repeats no annotation. */
    @Path("proxied")
    @PermitAll
    public static class Original {
        @GET
        @Path("{id}")
        @RequiresScope("data.data")
        public String get(@PathParam("id") String id) {
            return id;
        }
    }

    public static class Original$Proxy$_$$_WeldClientProxy extends Original {
        @Override
        public String get(String id) {
            return super.get(id);
        }
    }
}
