package dev.scopegate.benchmarks;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.Settings;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A store of two tokens, of which one may do what is needed, and a Scopegate over it with the default settings. */
public final class Fixture implements AutoCloseable {
    public static final String NEEDED = "data.read";
    public static final String OTHER = "job.list";

    private final TokenFormat format = new TokenFormat(Map.of(), null, new SecureRandom());
    private final InMemoryTokenStore tokens = new InMemoryTokenStore();
    private final CountingStore store = new CountingStore(tokens);
    private final String validToken = mint(NEEDED);
    private final String forbiddenToken = mint(OTHER);
    private final Presented presented;
    private final Scopegate scopegate;

    public Fixture(Presented presented) {
        this.presented = presented;
        Configuration.Builder configuration = Configuration.builder(Settings.ALL);
        if (presented == Presented.UNKNOWN_UNCACHED) configuration.set(Settings.UNKNOWN_SIZE, "0");
        this.scopegate = Scopegate.builder()
                .configuration(configuration.build())
                .catalog(ScopeCatalog.of(Scope.named(NEEDED), Scope.named(OTHER)))
                .format(format)
                .store(store)
                .build();
    }

    private String mint(String scope) {
        BearerToken plain = format.mint(TokenKind.PERSONAL);
        String id = Objects.requireNonNull(plain.id());
        AccessToken facts = AccessToken.builder(TokenKind.PERSONAL, id, scope, "ada")
                .scopes(List.of(scope))
                .build();
        NewToken token = new NewToken(facts, plain);
        try {
            tokens.add(StoredToken.of(token), Instant.now());
        } catch (Unavailable e) {
            throw new IllegalStateException("memory is always there", e);
        }
        return token.reveal();
    }

    public Scopegate scopegate() {
        return scopegate;
    }

    public String validToken() {
        return validToken;
    }

    public String forbiddenToken() {
        return forbiddenToken;
    }

    /** How often the store behind the cache was asked. */
    long lookUps() {
        return store.lookUps();
    }

    /** The value of the request's Authorization field. */
    public Optional<String> authorization() {
        String token = switch (presented) {
            case VALID -> validToken;
            case FORBIDDEN -> forbiddenToken;
            case UNKNOWN, UNKNOWN_UNCACHED -> format.mint(TokenKind.PERSONAL).reveal();
            case WRONG_CHECKSUM -> misspelt(validToken);
            case NO_CREDENTIALS -> "";
        };
        return token.isEmpty() ? Optional.empty() : Optional.of("Bearer " + token);
    }

    private static String misspelt(String token) {
        int last = token.length() - 1;
        return token.substring(0, last) + (token.charAt(last) == '0' ? '1' : '0');
    }

    @Override
    public void close() {
        scopegate.close();
    }
}
