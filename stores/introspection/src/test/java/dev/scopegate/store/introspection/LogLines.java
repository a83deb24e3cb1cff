package dev.scopegate.store.introspection;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that is logged by us and by the libraries below us, of every level, until it is closed. */
final class LogLines extends Handler implements AutoCloseable {
    private final List<Logger> loggers =
            List.of(Logger.getLogger("dev.scopegate"), Logger.getLogger("io.github.resilience4j"));
    private final List<String> lines = new CopyOnWriteArrayList<>();

    LogLines() {
        for (Logger logger : loggers) {
            logger.setLevel(Level.ALL);
            logger.setUseParentHandlers(false);
            logger.addHandler(this);
        }
    }

    /** {@code LEVEL message}, then what was thrown. */
    List<String> all() {
        return lines;
    }

    @Override
    public void publish(LogRecord line) {
        String thrown = line.getThrown() == null ? "" : " " + line.getThrown();
        lines.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line) + thrown);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        for (Logger logger : loggers) {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
            logger.setLevel(null);
        }
    }
}
