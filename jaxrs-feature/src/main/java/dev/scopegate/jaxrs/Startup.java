package dev.scopegate.jaxrs;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;

/** What the feature finds out about the process when it starts. */
final class Startup {
    private Startup() {}

    /** Whether a class of an optional API can be seen, so that classes that need it may be touched. */
    static boolean sees(String className) {
        try {
            Class.forName(className, false, Startup.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** An instance made from system properties and environment, where there is no servlet container. */
    static Scopegate fromProcess() {
        return Scopegate.start(
                Configuration.builder(Scopegate.settings()).addProcess().build());
    }
}
