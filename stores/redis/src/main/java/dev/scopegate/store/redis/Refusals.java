package dev.scopegate.store.redis;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.problem.Unavailable;
import io.lettuce.core.RedisCommandExecutionException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a start failed, in one sentence that names the setting and shows no value. */
final class Refusals {
    /** What Lettuce calls them, of whom it also says what fails between it and them. */
    private static final String SENTINELS = "Redis Sentinel";

    /** What Lettuce says when none of them answers its question, though it is connected. */
    private static final String NO_MASTER = "Cannot obtain master";

    private Refusals() {}

    static ConfigurationException of(Unavailable failure) {
        boolean isSentinels = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            isSentinels |= cause.getMessage() != null && cause.getMessage().contains(SENTINELS);
            String sentence = isSentinels ? ofSentinels(cause) : null;
            if (sentence == null) sentence = sentence(cause);
            if (sentence != null) return new ConfigurationException(sentence, failure);
        }
        return new ConfigurationException("redis-url: Redis cannot be used: " + failure.getMessage(), failure);
    }

    private static @Nullable String ofSentinels(Throwable cause) {
        if (!(cause instanceof RedisCommandExecutionException)) return null;
        return "redis-sentinel-password: the sentinels refuse the user or the password (" + Answers.code(cause) + ")";
    }

    private static @Nullable String sentence(Throwable cause) {
        if (cause instanceof RedisCommandExecutionException) return refusal(Answers.code(cause));
        if (cause instanceof SSLException) {
            return "redis-ca-file: the server's certificate is not trusted, or is not for the host that redis-url names";
        }
        if (cause instanceof UnknownHostException) return "redis-url: no such host is known";
        if (cause instanceof ConnectException) return "redis-url: nobody listens there, the connection was refused";
        if (String.valueOf(cause.getMessage()).startsWith(NO_MASTER)) {
            return "redis-url: no sentinel tells where the master is, or redis-sentinel-user may not ask";
        }
        return Answers.isTimeout(cause) ? "redis-url: Redis does not answer within redis-timeout" : null;
    }

    private static String refusal(String code) {
        return switch (code) {
            case "WRONGPASS", "NOAUTH" -> "redis-password: Redis refuses the user or the password (" + code + ")";
            case "NOPERM" -> "redis-user: the user may not do what is needed, see the README for its rights (NOPERM)";
            default -> "redis-url: Redis refuses to serve (" + code + ")";
        };
    }
}
