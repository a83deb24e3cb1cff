package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.slots.ClusterSlotRange;
import io.lettuce.core.cluster.models.slots.ClusterSlotsParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which node of a cluster has our one slot. For one thread at a time. */
final class Slots {
    /** Connects to a node. */
    @FunctionalInterface
    interface Connector {
        StatefulRedisConnection<String, String> connect(RedisURI node) throws Unavailable;
    }

    private final int slot;
    private final List<RedisURI> seeds;
    private List<RedisURI> known;

    Slots(String key, List<RedisURI> seeds) {
        this.slot = SlotHash.getSlot(key);
        this.seeds = seeds;
        this.known = seeds;
    }

    /** Asks one node after the other, those last seen first. */
    synchronized RedisURI master(Connector connector, Duration timeout) throws Unavailable {
        Unavailable last = new Unavailable("no node of the cluster knows who has the keys", null);
        List<RedisURI> asked = new ArrayList<>(known);
        for (RedisURI seed : seeds) if (!asked.contains(seed)) asked.add(seed);
        for (int i = 0; i < asked.size(); i++) {
            try (var connection = connector.connect(asked.get(i))) {
                RedisURI master = master(
                        asked.get(i),
                        ClusterSlotsParser.parse(
                                Answers.await(connection.async().clusterSlots(), timeout)));
                if (master != null) return master;
            } catch (Unavailable e) {
                last = e;
            }
        }
        throw last;
    }

    private @Nullable RedisURI master(RedisURI asked, List<ClusterSlotRange> ranges) {
        RedisURI master = null;
        List<RedisURI> nodes = new ArrayList<>();
        for (ClusterSlotRange range : ranges) {
            RedisURI upstream = like(asked, range.getUpstream().getUri());
            nodes.add(upstream);
            range.getReplicaNodes().forEach(replica -> nodes.add(like(asked, replica.getUri())));
            if (range.getFrom() <= slot && slot <= range.getTo()) master = upstream;
        }
        if (master != null) known = List.copyOf(nodes);
        return master;
    }

    private static RedisURI like(RedisURI asked, RedisURI place) {
        RedisURI node = RedisURI.builder(asked).build();
        // a node that does not know its own name is where it was asked
        if (place.getHost() != null && !place.getHost().isBlank()) node.setHost(place.getHost());
        node.setPort(place.getPort());
        return node;
    }
}
