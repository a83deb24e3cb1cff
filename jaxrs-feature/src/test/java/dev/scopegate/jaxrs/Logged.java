package dev.scopegate.jaxrs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Everything that is logged while it is open. */
final class Logged extends Handler implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    Logged() {
        ROOT.addHandler(this);
    }

    /** Warnings and worse. */
    List<LogRecord> warnings() {
        return records.stream()
                .filter(one -> one.getLevel().intValue() >= Level.WARNING.intValue())
                .toList();
    }

    @Override
    public void publish(LogRecord one) {
        records.add(one);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
