package dev.scopegate.access;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the JDK remembers of the record class that it last made {@code equals} or {@code hashCode} for: until release 19 it does
 * not let go of that class (JDK-8078641), nor of the loader of an application that has ended. Stateless.
 */
final class RecordCaches {
    private static final Logger LOG = LoggerFactory.getLogger(RecordCaches.class);

    private RecordCaches() {}

    /** Has the same made for a class of the JDK's, which takes the place of the application's. */
    static void forgetApplication() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle component = lookup.findVirtual(String.class, "strip", MethodType.methodType(String.class));
            for (String method : List.of("equals", "hashCode")) {
                Object unused =
                        ObjectMethods.bootstrap(lookup, method, MethodHandle.class, String.class, "text", component);
            }
        } catch (Throwable e) { // the bootstrap declares it; nothing depends on this
            LOG.debug("the JDK's caches of records are left as they are", e);
        }
    }
}
