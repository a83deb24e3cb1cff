package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.api.StatefulConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Answers that are waited for no longer than the time-out, and what a missing one means. */
final class Answers {
    /** What a server says that is no longer, or not yet, the one to ask. */
    private static final List<String> ELSEWHERE = List.of(
            "MOVED", "ASK", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "LOADING", "NOAUTH", "UNBLOCKED");

    /** What Lettuce says of a connection that ended in its greeting, whether it had heard a reason or not. */
    private static final String CLOSED = "Connection closed prematurely";

    private static final int CONNECTS = 8;

    private Answers() {}

    static <T extends @Nullable Object> T await(Future<T> future, Duration timeout) throws Unavailable {
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new Unavailable(words(cause), cause, 1);
        } catch (TimeoutException | CancellationException e) {
            future.cancel(true); // or it would be sent when the others are through
            throw new Unavailable(words(e), e, 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for Redis", e);
        }
    }

    /** Connects, or waits for something else that may fail. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws Unavailable;
    }

    /**
     * Connects, and does so again when Lettuce has lost the reason why it could not: a server that refuses the greeting may be
     * quicker than Lettuce looks for who would tell of it, and what it then throws says nothing of a wrong password.
     */
    static <T> T again(Attempt<T> connecting) throws Unavailable {
        for (int tries = 1; ; tries++) {
            try {
                return connecting.run();
            } catch (Unavailable e) {
                if (tries == CONNECTS || !isLost(e)) throw e;
            }
        }
    }

    private static boolean isLost(Throwable failure) {
        boolean lost = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException) return false; // the reason, whatever else was thrown
            lost |= cause instanceof IllegalStateException || CLOSED.equals(cause.getMessage());
        }
        return lost;
    }

    /** Closes a connection without waiting; one that was lost has closed itself and would complain. */
    static void close(StatefulConnection<?, ?> connection) {
        if (!connection.isOpen()) return;
        var unused = connection.closeAsync();
    }

    /** For the log: never what an error quotes, which may be a key with somebody's name. */
    static String words(@Nullable Throwable failure) {
        if (failure instanceof RedisCommandExecutionException) return "Redis refused a command: " + code(failure);
        if (isTimeout(failure)) return "Redis does not answer in time";
        return "the connection to Redis failed";
    }

    static boolean isTimeout(@Nullable Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof RedisCommandTimeoutException;
    }

    /** Whether the server is well, and this was one command that it refused. */
    static boolean isRefusal(@Nullable Throwable failure) {
        return failure instanceof RedisCommandExecutionException && !ELSEWHERE.contains(code(failure));
    }

    /** The error's first word, such as {@code READONLY}. */
    static String code(@Nullable Throwable failure) {
        String message = failure == null || failure.getMessage() == null ? "" : failure.getMessage();
        for (String code : ELSEWHERE) {
            // Redis 6 wraps what stopped a script
            if (message.startsWith(code + " ") || message.contains("-" + code + " ")) return code;
        }
        int space = message.indexOf(' ');
        return space < 0 ? "ERR" : message.substring(0, space);
    }
}
