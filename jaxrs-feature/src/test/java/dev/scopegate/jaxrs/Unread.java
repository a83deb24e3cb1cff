package dev.scopegate.jaxrs;

import dev.scopegate.annotation.ExportLimited;
import dev.scopegate.annotation.RequiresAnyScope;
import dev.scopegate.annotation.RequiresScope;
import jakarta.annotation.security.DenyAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Resources of applications that forgot the feature. */
final class Unread {
    private Unread() {}

    @Path("class")
    @RequiresScope("data.data")
    public static class OnClass {
        @GET
        public String get() {
            return "data";
        }
    }

    @Path("method")
    public static class OnMethod {
        @GET
        @RequiresAnyScope({"data.data", "admin"})
        public String get() {
            return "data";
        }
    }

    public interface Api {
        @GET
        @RequiresScope("data.data")
        String get();
    }

    @Path("interface")
    public static class OnInterface implements Api {
        @Override
        public String get() {
            return "data";
        }
    }

    @Path("export/{id}")
    public static class Exporting {
        @GET
        @ExportLimited("dataset:{id}")
        public String get() {
            return "data";
        }
    }

    @Path("root")
    public static class Root {
        @Path("sub")
        public Sub sub() {
            return new Sub();
        }
    }

    public static class Sub {
        @GET
        @RequiresScope("data.data")
        public String get() {
            return "data";
        }
    }

    /** An annotation that others read, too: none of our business. */
    @Path("others")
    public static class Others {
        @GET
        public String get() {
            return "data";
        }

        @GET
        @Path("denied")
        @DenyAll
        public String denied() {
            return "data";
        }
    }
}
