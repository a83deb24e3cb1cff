package dev.scopegate.testkit;

import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.AccessTokenBuilder;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Tokens for tests: really minted, presented as a request would. Immutable and safe for any number of threads. */
public final class TestTokens {
    /** The moment at which tests play. */
    public static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    private final TokenFormat format;

    public TestTokens() {
        this(TokenFormat.standard());
    }

    public TestTokens(TokenFormat format) {
        this.format = format;
    }

    public TokenFormat format() {
        return format;
    }

    /** A personal token made at {@link #NOW} that never expires. */
    public NewToken mint(String owner, String name) {
        return mint(TokenKind.PERSONAL, owner, name, facts -> facts);
    }

    /** A token with more facts. */
    public NewToken mint(TokenKind kind, String owner, String name, UnaryOperator<AccessTokenBuilder> facts) {
        BearerToken plain = format.mint(kind);
        String id = Objects.requireNonNull(plain.id());
        AccessTokenBuilder builder = AccessToken.builder(kind, id, name, owner)
                .createdAt(NOW)
                .scopes(List.of("public"))
                .hint(format.hint(kind, id));
        return new NewToken(facts.apply(builder).build(), plain);
    }

    /** What a store keeps of a {@link #mint(String, String) minted} token. */
    public StoredToken stored(String owner, String name) {
        return StoredToken.of(mint(owner, name));
    }

    /** The token as a request presents it. */
    public BearerToken present(NewToken token) {
        return read(token.reveal());
    }

    /** Any text as a request presents it. */
    public BearerToken read(String text) {
        return Objects.requireNonNull(format.read(text));
    }

    /** A well-formed personal token with this id and a secret that nobody stored. */
    public BearerToken guess(String id) {
        return format.mint(TokenKind.PERSONAL, id);
    }
}
