package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A connection that hears what all nodes publish. Whether it still does is not asked of the connection but tried: what is
 * published on the line has to arrive here, or one of the two has the wrong server.
 */
final class Ear implements AutoCloseable {
    private final StatefulRedisPubSubConnection<String, String> connection;
    private final Script<Long> script = Script.ofNumber("beat");
    private final Keys keys;
    private final Duration patience;
    private final String beats;
    private volatile CompletableFuture<String> beat = new CompletableFuture<>();

    private Ear(StatefulRedisPubSubConnection<String, String> connection, Keys keys, Duration patience) {
        this.connection = connection;
        this.keys = keys;
        this.patience = patience;
        this.beats = keys.beat(UUID.randomUUID().toString());
    }

    /**
     * Connects and subscribes.
     *
     * @param patience how long an answer, or a beat, is waited for
     * @param heard takes each message, quickly: it is on the connection's thread
     * @param alarm rung when the connection is lost
     */
    static Ear open(Servers servers, Keys keys, Duration patience, Consumer<String> heard, Runnable alarm)
            throws Unavailable {
        StatefulRedisPubSubConnection<String, String> connection = servers.listen();
        Ear ear = new Ear(connection, keys, patience);
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                if (channel.equals(ear.beats)) ear.beat.complete(message);
                else heard.accept(message);
            }
        });
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                alarm.run();
            }
        });
        try {
            Answers.await(connection.async().subscribe(keys.changes(), ear.beats), patience);
            return ear;
        } catch (Unavailable e) {
            ear.close();
            throw e;
        }
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /** Returns when something published now has been heard; what is published later will be. For one thread at a time. */
    void hear(Line line) throws Unavailable {
        CompletableFuture<String> next = new CompletableFuture<>();
        beat = next;
        script.run(line, keys, List.of(beats));
        Answers.await(next, patience);
    }

    @Override
    public void close() {
        Answers.close(connection);
    }
}
