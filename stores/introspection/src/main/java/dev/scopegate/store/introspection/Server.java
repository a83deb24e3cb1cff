package dev.scopegate.store.introspection;

import dev.scopegate.config.Configuration;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The introspection endpoint over HTTP/1.1. A request ends by its deadline, body included; its connection is closed then. No
 * redirect is followed. Safe for any number of threads.
 */
final class Server implements AutoCloseable {
    /** An answer says who and what for; a kilobyte is usual. */
    private static final int MAX_BODY = 64 * 1024;

    private final URI url;
    private final Credentials credentials;
    private final ExecutorService executor;
    private volatile @Nullable HttpClient client;

    Server(Configuration settings) {
        this.url = Endpoint.parse(settings.get(IntrospectionTokenStoreFactory.URL));
        this.credentials = Credentials.of(settings);
        Duration timeout = settings.get(IntrospectionTokenStoreFactory.TIMEOUT);
        this.executor = threads(settings.get(IntrospectionTokenStoreFactory.CONCURRENCY));
        HttpClient.Builder builder = HttpClient.newBuilder()
                // a stalled HTTP/2 connection would be shared by all look-ups until TCP gives up; this one is closed
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(executor);
        if (Endpoint.isLoopback(url)) builder.proxy(HttpClient.Builder.NO_PROXY);
        settings.find(IntrospectionTokenStoreFactory.TRUST).ifPresent(pem -> builder.sslContext(Trust.in(pem)));
        this.client = builder.build();
    }

    /** Daemon threads that end when idle, as many as there are look-ups: one that waits for DNS holds one of them. */
    private static ExecutorService threads(int count) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "scopegate-introspection");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Asks about a token. */
    Reply ask(String token, long deadline) throws Failure, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(credentials.form(token)));
        credentials.authorize(request);
        try {
            return send(request.build(), deadline);
        } catch (IOException e) {
            if (!mayBeIdleConnection(e)) throw failed(e);
        }
        try {
            return send(request.build(), deadline);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Whether the server may just have closed a connection that was kept; asking again changes nothing there. */
    private static boolean mayBeIdleConnection(IOException e) {
        return !(e instanceof ConnectException
                || e instanceof HttpTimeoutException
                || e instanceof SSLException
                || e instanceof WholeBody.TooLarge);
    }

    private Reply send(HttpRequest request, long deadline) throws Failure, IOException, InterruptedException {
        HttpClient open = client;
        if (open == null) throw Failure.outage("the introspection store is closed");
        WholeBody body = new WholeBody(MAX_BODY);
        CompletableFuture<HttpResponse<byte[]>> answer = open.sendAsync(
                request, about -> about.statusCode() == 200 ? body : BodySubscribers.replacing(new byte[0]));
        try {
            HttpResponse<byte[]> whole = answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            String retryAfter = whole.headers().firstValue("Retry-After").orElse("");
            return new Reply(whole.statusCode(), retryAfter, whole.body());
        } catch (TimeoutException e) {
            throw Failure.outage("the introspection server has not answered in time");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) throw failure;
            throw Failure.outage("the introspection server could not be asked: " + nameOf(e.getCause()));
        } finally {
            if (!answer.isDone()) {
                body.giveUp(new IOException("nobody waits for it any more"));
                answer.cancel(true);
            }
        }
    }

    /** Without the words of others: a server's bytes, which may hold the token, stand in an exception's message. */
    private static Failure failed(IOException e) {
        if (e instanceof WholeBody.TooLarge) {
            return Failure.useless("the introspection server's answer is larger than " + MAX_BODY + " bytes");
        }
        String ours = e instanceof SSLException ? ", " + e.getMessage() : "";
        return Failure.outage("the introspection server cannot be reached: " + nameOf(e) + ours);
    }

    private static String nameOf(@Nullable Throwable failure) {
        return failure == null ? "nothing" : failure.getClass().getSimpleName();
    }

    /** Ends the threads; the client's own ends when nothing refers to it, which is from now on. */
    @Override
    public void close() {
        client = null;
        executor.shutdown();
    }
}
