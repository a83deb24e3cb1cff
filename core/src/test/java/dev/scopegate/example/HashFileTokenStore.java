package dev.scopegate.example;

import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.SecretHash;
import dev.scopegate.token.TokenKind;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Tokens in a properties file: {@code <id> = <SHA-256 of the secret> <owner> <scope> <scope> …}. */
final class HashFileTokenStore implements TokenStore {
    private final Properties file;

    HashFileTokenStore(Properties file) {
        this.file = file;
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) {
        String id = presented.id();
        String line = id == null ? null : file.getProperty(id);
        if (id == null || line == null) return null; // unknown: 401
        List<String> words = List.of(line.trim().split(" +"));
        AccessToken facts = AccessToken.builder(TokenKind.PERSONAL, id, "from the file", words.get(1))
                .scopes(words.subList(2, words.size()))
                .build();
        SecretHash hash = SecretHash.ofHex(SecretHash.Algorithm.SHA_256, words.get(0));
        return new StoredToken(facts, List.of(new StoredToken.Secret(hash, null)));
    }
}
