package dev.scopegate.event;

/**
 * Is told of what happens, by the thread to which it happens, often one that serves a request: it must be quick, wait for
 * nothing and not throw. Safe for any number of threads.
 */
@FunctionalInterface
public interface AuditListener {
    /** Listens to nothing. */
    AuditListener NONE = event -> {};

    void on(AuditEvent event);

    /** One that tells this one first and then another. */
    default AuditListener and(AuditListener other) {
        if (this == NONE) return other;
        if (other == NONE) return this;
        return event -> {
            on(event);
            other.on(event);
        };
    }
}
