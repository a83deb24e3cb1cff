package dev.scopegate.store.redis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A master, a replica, and a sentinel that puts the one in the place of the other. */
record Sentinels(RedisProcess master, RedisProcess replica, RedisProcess sentinel) implements AutoCloseable {
    static Sentinels start(Path folder) throws Exception {
        RedisProcess master = RedisProcess.start(folder.resolve("a"), "repl-diskless-sync-delay 0");
        return start(
                folder,
                master,
                new String[] {"replicaof 127.0.0.1 " + master.port(), "repl-diskless-sync-delay 0"},
                List.of());
    }

    /** All of them are reached by TLS alone, and the servers tell nobody anything who is no user. */
    static Sentinels start(Path folder, Secured by) throws Exception {
        String[] tls = {"port 0", "tls-port $PORT", "repl-diskless-sync-delay 0"};
        RedisProcess master = RedisProcess.start(folder.resolve("a"), by.server(tls));
        List<String> sentinel = new ArrayList<>(List.of(by.tls("port 0", "tls-port $PORT")));
        sentinel.addAll(Secured.sentinel("tokens"));
        return start(
                folder, master, by.server(tls[0], tls[1], tls[2], "replicaof 127.0.0.1 " + master.port()), sentinel);
    }

    private static Sentinels start(Path folder, RedisProcess master, String[] replica, List<String> sentinel)
            throws Exception {
        List<String> lines = new ArrayList<>(List.of("sentinel monitor tokens 127.0.0.1 " + master.port() + " 1"));
        lines.addAll(sentinel);
        lines.add("sentinel down-after-milliseconds tokens 1000");
        lines.add("sentinel failover-timeout tokens 5000");
        Sentinels all = new Sentinels(
                master,
                RedisProcess.start(folder.resolve("b"), replica),
                RedisProcess.startSentinel(folder.resolve("s"), lines.toArray(String[]::new)));
        all.replica.awaitLine("MASTER <-> REPLICA sync: Finished with success");
        all.sentinel.awaitLine("+slave");
        return all;
    }

    /** Where the sentinel is; {@code redis} or {@code rediss}. */
    String url(String scheme) {
        return scheme + "-sentinel://127.0.0.1:" + sentinel.port() + "/0#tokens";
    }

    @Override
    public void close() {
        sentinel.close();
        replica.close();
        master.close();
    }
}
