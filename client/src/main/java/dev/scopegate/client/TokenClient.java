package dev.scopegate.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one origin with a token, by the JDK's client. Redirects are followed here, at most five, since the JDK's own
 * would not let the token be taken off: to another origin a request goes without it, and without all that says who asks. From
 * https to http none is followed, nor one that would take a body elsewhere; the redirect is the answer then. Immutable and
 * safe for any number of threads.
 */
public final class TokenClient {
    private static final int MOST_REDIRECTS = 5;

    private final HttpClient client;
    private final ApiToken token;
    private final URI base;
    private final Origin origin;

    /**
     * A client for the API at an address.
     *
     * @param client one that follows no redirects by itself
     * @param base an absolute http or https address; scheme, host and port say where the token may go
     */
    public TokenClient(HttpClient client, ApiToken token, URI base) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("a client that follows redirects would take the token along");
        }
        this.client = client;
        this.token = token;
        this.base = base;
        this.origin = Origin.required(base);
    }

    /**
     * A client with the token of {@link ApiToken#fromEnvironment}.
     *
     * @throws IllegalStateException when the environment holds none
     */
    public static TokenClient fromEnvironment(URI base) {
        return new TokenClient(HttpClient.newHttpClient(), ApiToken.fromEnvironment(), base);
    }

    /** Begins a request to a place below the base, or from the host's root with a slash in front. */
    public HttpRequest.Builder request(String place) {
        return HttpRequest.newBuilder(base.resolve(place));
    }

    /**
     * Sends a request and returns the answer to it, or to what it was redirected to.
     *
     * @param request without an {@code Authorization} header
     * @throws IllegalArgumentException for a request to another origin than the client is for, or with that header
     * @throws IOException also when redirects do not end
     */
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        if (!origin.equals(Origin.of(request.uri()))) {
            throw new IllegalArgumentException("the request goes to another origin than this client's token is for");
        }
        if (request.headers().firstValue(ApiToken.HEADER).isPresent()) {
            throw new IllegalArgumentException("the client itself sets the header Authorization");
        }
        HttpRequest next = HttpRequest.newBuilder(request, (name, value) -> true)
                .setHeader(ApiToken.HEADER, token.credential())
                .build();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpRequest present = next;
            HttpResponse<T> response = client.send(present, ofLast(present, handler));
            @Nullable HttpRequest following = Redirect.of(present, response.statusCode(), response.headers());
            if (following == null) return response;
            next = following;
        }
        throw new IOException("more than " + MOST_REDIRECTS + " redirects one after the other");
    }

    /** What a redirect says besides is nothing for the caller. */
    private static <T> BodyHandler<T> ofLast(HttpRequest request, BodyHandler<T> handler) {
        return info -> Redirect.of(request, info.statusCode(), info.headers()) == null
                ? handler.apply(info)
                : BodySubscribers.replacing(null);
    }
}
