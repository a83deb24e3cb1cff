package dev.scopegate.it.server;

/** The JAX-RS engine that runs the application's resources. */
public enum Engine {
    OF_THE_WAR("Jersey, the WAR's", "org.glassfish.jersey.server.ApplicationHandler"),
    JERSEY("Jersey, the server's", "org.glassfish.jersey.server.ApplicationHandler"),
    RESTEASY("RESTEasy, the server's", "org.jboss.resteasy.core.ResourceMethodInvoker");

    private final String text;
    private final String marker;

    Engine(String text, String marker) {
        this.text = text;
        this.marker = marker;
    }

    /** A class of which there are objects where this engine is at work. */
    public String marker() {
        return marker;
    }

    @Override
    public String toString() {
        return text;
    }
}
