package dev.scopegate.jaxrs;

/**
 * An error envelope on its way out: a type of its own, so that only our writer fits it, whatever the application registers.
 *
 * @param json UTF-8
 */
record Envelope(byte[] json) {}
