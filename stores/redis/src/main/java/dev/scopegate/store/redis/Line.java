package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that commands are sent on, of all threads. From the first that fails until {@link #mend} all others are
 * told so at once, so that a dead server gathers no threads. Safe for any number of threads.
 */
final class Line implements AutoCloseable {
    /** Sends a command. */
    @FunctionalInterface
    interface Command<T extends @Nullable Object> {
        RedisFuture<T> on(RedisAsyncCommands<String, String> commands);
    }

    /** What is wrong; told apart by identity. */
    private static final class Fault {
        /** The server does not answer, but the connection may be sound. */
        private final boolean isSilence;

        Fault(boolean isSilence) {
            this.isSilence = isSilence;
        }
    }

    /** One connection, with what went wrong on it. */
    private record Link(StatefulRedisConnection<String, String> connection, AtomicReference<@Nullable Fault> fault) {}

    private final Servers servers;
    private final Duration timeout;
    private final Runnable alarm;
    private volatile Link link;

    /**
     * Connects.
     *
     * @param alarm rung when something fails, for somebody to {@link #mend} it
     */
    Line(Servers servers, Duration timeout, Runnable alarm) throws Unavailable {
        this.servers = servers;
        this.timeout = timeout;
        this.alarm = alarm;
        this.link = connect();
    }

    private Link connect() throws Unavailable {
        Link fresh = new Link(servers.connect(), new AtomicReference<>());
        fresh.connection().addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                broken(fresh, new Fault(false));
            }
        });
        if (!fresh.connection().isOpen()) broken(fresh, new Fault(false)); // before anybody listened
        return fresh;
    }

    private void broken(Link which, Fault fault) {
        which.fault().set(fault);
        alarm.run();
    }

    /** Whether the last that was heard of the server is good. */
    boolean isSound() {
        return link.fault().get() == null;
    }

    /** Sends a command and waits for its answer. */
    <T extends @Nullable Object> T run(Command<T> command) throws Unavailable {
        Link now = link;
        if (now.fault().get() != null) throw new Unavailable("Redis failed a moment ago", null, 1);
        RedisFuture<T> answer;
        try {
            answer = command.on(now.connection().async());
        } catch (RedisException e) {
            if (!now.connection().isOpen()) broken(now, new Fault(false));
            throw new Unavailable("Redis takes no more commands for now", e, 1);
        }
        try {
            return Answers.await(answer, timeout);
        } catch (Unavailable e) {
            Throwable cause = e.getCause();
            if (!Answers.isRefusal(cause) && !(cause instanceof InterruptedException)) {
                broken(now, new Fault(Answers.isTimeout(cause)));
            }
            throw e;
        }
    }

    /**
     * Puts what is wrong right, or fails. For one thread at a time.
     *
     * @return whether the connection is another one than before, so that the server may be
     */
    boolean mend() throws Unavailable {
        Link old = link;
        Fault fault = old.fault().get();
        if (fault == null) return false;
        if (fault.isSilence && answers(old)) {
            old.fault().compareAndSet(fault, null); // but not what went wrong since
            return false;
        }
        Answers.close(old.connection()); // tells those who still wait
        link = connect();
        return true;
    }

    private boolean answers(Link old) {
        try {
            return old.connection().isOpen()
                    && Answers.await(old.connection().async().ping(), timeout).equals("PONG");
        } catch (Unavailable | RedisException e) {
            return false;
        }
    }

    @Override
    public void close() {
        Answers.close(link.connection());
    }
}
