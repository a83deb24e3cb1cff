package dev.scopegate.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.scopegate.problem.Challenge;
import dev.scopegate.problem.ErrorEnvelope;
import dev.scopegate.problem.Problem;
import dev.scopegate.scope.ScopeSet;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The least that one could write by hand: the header read with {@code startsWith}, SHA-256 of the token, a look-up in
 * Caffeine, membership in a set, one request attribute. No paths, no expiry, no revocation. Refuses with a status alone, or
 * with the very answer that Scopegate gives, made beforehand.
 */
final class MinimalFilter implements Filter {
    private static final String SCHEME = "Bearer ";
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(MinimalFilter::sha256);

    private static final Challenge CHALLENGE = new Challenge("scopegate", null);

    /** A refusal as it goes out. */
    private static final class Answer {
        private final int status;
        private final String challenge;
        private final byte[] body;

        Answer(Problem problem) {
            this.status = problem.status();
            this.challenge = Objects.requireNonNull(CHALLENGE.of(problem));
            this.body = ErrorEnvelope.of(problem);
        }
    }

    private final Answer noCredentials = new Answer(Problem.notAuthenticated());
    private final Answer invalid = new Answer(Problem.invalidToken());
    private final Answer forbidden =
            new Answer(Problem.insufficientScope(List.of(Fixture.NEEDED), ScopeSet.of(Fixture.OTHER)));
    private final boolean answers;

    private record Key(long a, long b, long c, long d) {
        static Key of(byte[] token, int start) {
            MessageDigest digest = SHA_256.get();
            digest.update(token, start, token.length - start);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            return new Key(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        }
    }

    private final Map<Key, Set<String>> tokens;
    private final Cache<Key, Set<String>> cache = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofSeconds(60))
            .build();

    MinimalFilter(String validToken, String forbiddenToken, boolean answers) {
        this.answers = answers;
        this.tokens = Map.of(
                Key.of(bytes(validToken), 0), Set.of(Fixture.NEEDED),
                Key.of(bytes(forbiddenToken), 0), Set.of(Fixture.OTHER));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String header = ((HttpServletRequest) request).getHeader("Authorization");
        boolean bearer = header != null && header.startsWith(SCHEME);
        Set<String> scopes = bearer ? find(header) : null;
        if (scopes == null) {
            refuse((HttpServletResponse) response, bearer ? invalid : noCredentials);
        } else if (!scopes.contains(Fixture.NEEDED)) {
            refuse((HttpServletResponse) response, forbidden);
        } else {
            request.setAttribute("scopes", scopes);
            chain.doFilter(request, response);
        }
    }

    private void refuse(HttpServletResponse response, Answer answer) throws IOException {
        response.setStatus(answer.status);
        if (!answers) return;
        response.setContentType("application/json");
        response.setContentLength(answer.body.length);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("WWW-Authenticate", answer.challenge);
        response.getOutputStream().write(answer.body);
    }

    private @Nullable Set<String> find(String header) {
        Key key = Key.of(bytes(header), SCHEME.length());
        Set<String> scopes = cache.getIfPresent(key);
        if (scopes != null) return scopes;
        Set<String> stored = tokens.get(key);
        if (stored != null) cache.put(key, stored);
        return stored;
    }
}
