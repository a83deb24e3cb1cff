package dev.scopegate.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that our classes log, of every level, until it is closed. */
public final class LogLines extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.scopegate");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public LogLines() {
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** {@code LEVEL message}, then what was thrown. */
    public List<String> all() {
        return lines;
    }

    /** Those of errors alone. */
    public List<String> errors() {
        return lines.stream().filter(line -> line.startsWith("SEVERE")).toList();
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
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
        logger.setLevel(null);
    }
}
