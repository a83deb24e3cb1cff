package dev.scopegate.store.redis;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import io.lettuce.core.RedisURI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where Redis is and who connects, as the settings say it.
 *
 * @param nodes one server, one URI that lists the sentinels, or the nodes of a cluster that are asked where the others are
 * @param isCluster whether the nodes are a cluster's
 */
record Address(List<RedisURI> nodes, boolean isCluster) {
    private static final Set<String> SCHEMES = Set.of("redis", "rediss", "redis-sentinel", "rediss-sentinel");

    Address {
        nodes = List.copyOf(nodes);
    }

    static Address of(Configuration configuration) {
        String url = configuration.get(RedisTokenStoreFactory.URL).strip();
        int end = url.indexOf("://");
        String scheme = end < 0 ? "" : url.substring(0, end);
        if (!SCHEMES.contains(scheme)) throw illFormed();
        boolean isCluster = configuration.get(RedisTokenStoreFactory.CLUSTER);
        List<RedisURI> nodes = new ArrayList<>();
        if (scheme.endsWith("-sentinel")) {
            if (isCluster)
                throw new ConfigurationException("redis-cluster: a cluster has no sentinels, as redis-url says");
            nodes.add(uri(url));
        } else {
            for (String node : url.split(",", -1)) nodes.add(uri(node.contains("://") ? node : scheme + "://" + node));
        }
        nodes.forEach(node -> complete(node, nodes.get(0), configuration));
        identify(nodes.get(0).getSentinels(), configuration);
        return new Address(nodes, isCluster || nodes.size() > 1);
    }

    private static RedisURI uri(String text) {
        try {
            return RedisURI.create(text);
        } catch (RuntimeException e) {
            throw illFormed(); // without its cause, which quotes the URL
        }
    }

    private static ConfigurationException illFormed() {
        return new ConfigurationException("redis-url: is no URL such as redis://host:6379, rediss://host:6379,"
                + " redis-sentinel://host:26379/0#master, or redis://host:6379,host:6379 for a cluster");
    }

    private static void complete(RedisURI node, RedisURI first, Configuration configuration) {
        String user = configuration.get(RedisTokenStoreFactory.USER);
        String password = configuration.get(RedisTokenStoreFactory.PASSWORD);
        if (!user.isEmpty()) node.setAuthentication(user, password);
        else if (!password.isEmpty()) node.setAuthentication(password);
        else node.applyAuthentication(first); // a list of nodes names its user once
        var timeout = configuration.get(RedisTokenStoreFactory.TIMEOUT);
        node.setTimeout(timeout);
        node.getSentinels().forEach(sentinel -> sentinel.setTimeout(timeout));
        node.setClientName("scopegate");
    }

    private static void identify(List<RedisURI> sentinels, Configuration configuration) {
        String user = configuration.get(RedisTokenStoreFactory.SENTINEL_USER);
        String password = configuration.get(RedisTokenStoreFactory.SENTINEL_PASSWORD);
        if (password.isEmpty()) {
            if (user.isEmpty()) return;
            throw new ConfigurationException("redis-sentinel-user: is of use with redis-sentinel-password");
        }
        if (sentinels.isEmpty()) {
            throw new ConfigurationException("redis-sentinel-password: redis-url names no sentinels");
        }
        for (RedisURI sentinel : sentinels) {
            if (user.isEmpty()) sentinel.setAuthentication(password);
            else sentinel.setAuthentication(user, password);
        }
    }

    boolean isEncrypted() {
        return nodes.stream().allMatch(RedisURI::isSsl);
    }
}
