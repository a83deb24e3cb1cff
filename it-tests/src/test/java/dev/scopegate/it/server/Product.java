package dev.scopegate.it.server;

/**
 * What a container is.
 *
 * @param folder where the build puts it below {@code target/containers}; the build knows its version by that name
 * @param title what people call it
 * @param servlet the version of its Servlet API
 * @param engine what runs the WAR's JAX-RS application there
 */
public record Product(String folder, String title, String servlet, Engine engine) {
    /** Whether it is more than a servlet container; such servers log their own failures about odd requests. */
    public boolean isFull() {
        return engine != Engine.OF_THE_WAR;
    }

    /** What to send for a path with a resource's name in it: GlassFish refuses a colon before any application sees it. */
    public String path(String path) {
        return folder.equals("glassfish") ? path.replaceFirst("(/policies/[a-z]+)(?::|%3[Aa])", "$1/") : path;
    }

    /** Its version, as the build has it. */
    public String version() {
        return TestFiles.required("scopegate.version." + folder);
    }
}
