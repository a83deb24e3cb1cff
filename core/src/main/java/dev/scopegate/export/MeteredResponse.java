package dev.scopegate.export;

/**
 * A response whose body a meter can stop: what the servlet filter hands on, for the JAX-RS feature to find among the request's
 * attributes. For the threads of its request, one at a time.
 */
public interface MeteredResponse {
    /** The request attribute that holds it. */
    String ATTRIBUTE = "dev.scopegate.export.response";

    /**
     * From now on what is written is counted and limited; a second meter adds its limits to the first.
     *
     * @return the meter that counts: the first one
     */
    ExportMeter arm(ExportMeter meter);

    /** Whether it answers a HEAD, whose body nobody is sent. */
    boolean isHead();

    /** Somebody above counts the body before it is encoded; here it is only held back and stopped. */
    void countedAbove();
}
