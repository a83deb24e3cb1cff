package dev.scopegate.store.jwt;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that the store logs, of every level, until it is closed: there alone it says why a token was refused. */
final class Reasons extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.scopegate.store.jwt");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Reasons() {
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    List<String> all() {
        return lines;
    }

    String last() {
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
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
