package dev.scopegate.client;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives a JAX-RS client's requests a token, those to the origins that it is made for; any other goes as it is. A request that
 * has an {@code Authorization} header of its own keeps that. Jersey's redirects are switched off for a request that carries the
 * token, for they would carry it on; RESTEasy and CXF follow none unless told to. Immutable and safe for any number of threads.
 */
public final class TokenFilter implements ClientRequestFilter {
    /** What Jersey calls it; unknown to others. */
    private static final String JERSEY_FOLLOWS = "jersey.config.client.followRedirects";

    private final ApiToken token;
    private final Set<Origin> origins;

    /**
     * A filter for these origins.
     *
     * @param addresses absolute http or https addresses, at least one; scheme, host and port of each count
     */
    public TokenFilter(ApiToken token, URI... addresses) {
        if (addresses.length == 0) throw new IllegalArgumentException("say which origins the token is for");
        this.token = token;
        this.origins = Arrays.stream(addresses).map(Origin::required).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A filter with the token of {@link ApiToken#fromEnvironment}.
     *
     * @throws IllegalStateException when the environment holds none
     */
    public static TokenFilter fromEnvironment(URI... addresses) {
        return new TokenFilter(ApiToken.fromEnvironment(), addresses);
    }

    @Override
    public void filter(ClientRequestContext request) {
        Origin origin = Origin.of(request.getUri());
        if (origin == null || !origins.contains(origin)) return;
        if (request.getHeaders().containsKey(ApiToken.HEADER)) return;
        request.getHeaders().putSingle(ApiToken.HEADER, token.credential());
        request.setProperty(JERSEY_FOLLOWS, false);
    }
}
