package dev.scopegate.store.redis;

import dev.scopegate.config.Configuration;
import dev.scopegate.problem.Unavailable;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ConnectionFuture;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes connections to the master that has our keys, wherever that is by now. A connection is never mended behind the back of
 * whoever has it: Lettuce would send again what it does not know to have happened.
 */
final class Servers implements AutoCloseable {
    private static final int QUEUE = 10_000;

    private final Address address;
    private final Slots slots;
    private final Duration timeout;
    private final ClientResources resources;
    private final RedisClient client;

    Servers(Address address, Keys keys, Configuration configuration) {
        this.address = address;
        this.slots = new Slots(keys.root(), address.nodes());
        this.timeout = configuration.get(RedisTokenStoreFactory.TIMEOUT);
        ClientOptions options = ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(QUEUE)
                .protocolVersion(ProtocolVersion.RESP2)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout)
                        .keepAlive(true)
                        .build())
                .sslOptions(Trust.options(address, configuration))
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .build();
        resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .build();
        client = RedisClient.create(resources);
        client.setOptions(options);
    }

    /** A connection for commands. */
    StatefulRedisConnection<String, String> connect() throws Unavailable {
        RedisURI master = master();
        return open(() -> client.connectAsync(StringCodec.UTF8, master));
    }

    /** A connection that hears of messages. */
    StatefulRedisPubSubConnection<String, String> listen() throws Unavailable {
        RedisURI master = master();
        return open(() -> client.connectPubSubAsync(StringCodec.UTF8, master));
    }

    private RedisURI master() throws Unavailable {
        return address.isCluster()
                ? slots.master(node -> open(() -> client.connectAsync(StringCodec.UTF8, node)), timeout)
                : address.nodes().get(0); // Lettuce asks the sentinels, where it lists some
    }

    /** Waits for each step of the way: sentinels that do not answer, the server, and its greeting. */
    private <C extends StatefulConnection<String, String>> C open(Supplier<ConnectionFuture<C>> opening)
            throws Unavailable {
        return Answers.again(() -> opened(opening.get()));
    }

    private <C extends StatefulConnection<String, String>> C opened(ConnectionFuture<C> opening) throws Unavailable {
        int steps = 2 + address.nodes().get(0).getSentinels().size();
        try {
            return Answers.await(opening, timeout.multipliedBy(steps));
        } catch (Unavailable e) {
            var unused = opening.thenCompose(StatefulConnection::closeAsync); // should it open later
            throw e;
        }
    }

    @Override
    public void close() {
        client.shutdown(0, timeout.toMillis(), TimeUnit.MILLISECONDS);
        var unused = resources.shutdown(0, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
