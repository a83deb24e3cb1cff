package dev.scopegate.store.jwt;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The question for an issuer's keys over HTTP: one GET that follows no redirect, of bounded time and size. Safe for any
 * number of threads.
 */
final class JwksRequest {
    private static final Logger LOG = LoggerFactory.getLogger(JwksRequest.class);
    private static final int MAX_BYTES = 1 << 18;
    private static final Pattern MAX_AGE =
            Pattern.compile("(?:^|[\\s,])max-age=\"?(\\d{1,9})(?!\\d)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /**
     * What was answered.
     *
     * @param maxAge for how long its sender says that it holds; null: it does not say
     */
    record Answer(KeySet keys, @Nullable Duration maxAge) {}

    private final HttpClient client;
    private final HttpRequest request;
    private final Duration timeout;

    /** @throws IllegalArgumentException when that is no address that keys may come from */
    JwksRequest(String address, Duration timeout) {
        URI uri = checked(address);
        this.timeout = timeout;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
        request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
    }

    private static URI checked(String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no URL", e);
        }
        String host = uri.getHost();
        boolean plain = "http".equalsIgnoreCase(uri.getScheme());
        if (host == null || (!plain && !"https".equalsIgnoreCase(uri.getScheme()))) {
            throw new IllegalArgumentException("is no https URL");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("has a user or a fragment, which a key set's URL has not");
        }
        if (plain && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException("is not https: whoever is on the way could put in keys of his own");
        }
        return uri;
    }

    /** Asks; the future ends within the time-out. Cancelling it gives the connection up. */
    CompletableFuture<Answer> send() {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, head -> new BoundedBody(head.statusCode() == 200 ? MAX_BYTES : 0));
        // the client's own time-out ends with the head, and a body can come a byte at a time
        CompletableFuture<Answer> result =
                new CompletableFuture<Answer>().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        var unused = answer.thenApply(this::read).whenComplete((keys, failure) -> {
            if (failure == null) result.complete(keys);
            else result.completeExceptionally(failure);
        });
        var unusedToo = result.whenComplete((keys, failure) -> {
            if (failure != null) answer.cancel(true);
        });
        return result;
    }

    /** What an operator may be told of a failure: our own words, or what kind it is; never what the server wrote. */
    static String why(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof IllegalArgumentException) && cause.getCause() != null) cause = cause.getCause();
        String said = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
        if (said != null) return said; // an UnresolvedAddressException says nothing
        return cause.getClass().getSimpleName();
    }

    private Answer read(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new IllegalArgumentException("the answer has the status " + response.statusCode());
        }
        KeySet keys = KeySet.read(
                response.body(), complaint -> LOG.warn("a key of {} is left out: {}", request.uri(), complaint));
        if (keys.isEmpty()) throw new IllegalArgumentException("none of the keys in the answer can be used");
        Matcher maxAge = MAX_AGE.matcher(String.join(",", response.headers().allValues("Cache-Control")));
        return new Answer(keys, maxAge.find() ? Duration.ofSeconds(Long.parseLong(maxAge.group(1))) : null);
    }

    @Override
    public String toString() {
        return request.uri().toString();
    }
}
