package dev.scopegate.store.redis;

import dev.scopegate.testkit.Eventually;
import io.lettuce.core.cluster.SlotHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Three masters, and a replica of the one that has our keys. */
record Cluster(List<RedisProcess> nodes) implements AutoCloseable {
    private static final long HAND_OVER_NANOS = TimeUnit.SECONDS.toNanos(6);
    private static final int SLOTS = 16384;

    static Cluster start(Path folder) throws Exception {
        return start(folder, null);
    }

    /** @param by how the nodes are secured; a test asks them without TLS all the same */
    static Cluster start(Path folder, @Nullable Secured by) throws Exception {
        Cluster cluster = new Cluster(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            String[] lines = {
                "cluster-enabled yes",
                "cluster-port " + RedisProcess.freePort(),
                "cluster-node-timeout 1500",
                "repl-diskless-sync-delay 0",
                by == null ? "tls-cluster no" : "tls-cluster yes",
                by == null ? "tls-port 0" : "tls-port " + RedisProcess.freePort()
            };
            cluster.nodes.add(RedisProcess.start(folder.resolve("node-" + i), by == null ? lines : by.server(lines)));
        }
        cluster.join();
        return cluster;
    }

    private void join() throws Exception {
        for (int i = 0; i < 3; i++) {
            int first = i * SLOTS / 3;
            nodes.get(i).ask("CLUSTER ADDSLOTSRANGE " + first + " " + ((i + 1) * SLOTS / 3 - 1));
        }
        for (int i = 1; i < 4; i++) {
            RedisProcess node = nodes.get(i);
            nodes.get(0).ask("CLUSTER MEET 127.0.0.1 " + port(node) + " " + node.option("cluster-port"));
        }
        String master = nodes.get(ours()).ask("CLUSTER MYID");
        Eventually.holds(() -> nodes.get(3).ask("CLUSTER REPLICATE " + master).equals("OK"));
        nodes.get(3).awaitLine("MASTER <-> REPLICA sync: Finished with success");
        for (RedisProcess node : nodes) {
            Eventually.holds(() -> node.ask("CLUSTER INFO").equals("cluster_state:ok"));
        }
    }

    /** Where its clients find a node. */
    private static int port(RedisProcess node) {
        int secured = Integer.parseInt(node.option("tls-port"));
        return secured == 0 ? node.port() : secured;
    }

    /** Two of its nodes, as settings name them. */
    String places() {
        return "127.0.0.1:" + port(nodes.get(0)) + ",127.0.0.1:" + port(nodes.get(2));
    }

    /** Which node begins as the master of our keys. */
    private static int ours() {
        return SlotHash.getSlot("{scopegate}:") * 3 / SLOTS;
    }

    /** Whichever node of the two has our keys by now. */
    RedisProcess master() throws Exception {
        RedisProcess replica = nodes.get(3);
        return replica.ask("ROLE").contains("slave") ? nodes.get(ours()) : replica;
    }

    /** Has the other of the two take over. */
    void handOver() throws Exception {
        RedisProcess replica = master() == nodes.get(3) ? nodes.get(ours()) : nodes.get(3);
        Eventually.holds(() -> hasTakenOver(replica));
    }

    /** Asks again as long as it has not: nodes that are too busy give a hand-over up after five seconds. */
    private boolean hasTakenOver(RedisProcess replica) throws Exception {
        if (master() == replica) return true;
        replica.ask("CLUSTER FAILOVER");
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < HAND_OVER_NANOS) {
            if (master() == replica) return true;
        }
        return false;
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }
}
