package dev.scopegate.sample.hub;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.JsonFileTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tokens of a JSON file, in which the hub once kept them, into another store. */
final class TokenImport {
    private static final Logger LOG = LoggerFactory.getLogger(TokenImport.class);

    private TokenImport() {}

    /**
     * Adds what the store does not have, revokes there what is revoked here, then renames the file to {@code ….imported}. Whoever dies in between does it again.
     * The caller has the home folder alone.
     */
    static void from(Path file, TokenRepository to) throws IOException, Unavailable {
        if (!Files.exists(file)) return;
        int added = 0;
        try (JsonFileTokenStore from = JsonFileTokenStore.open(file, Duration.ZERO)) {
            List<AccessToken> all = Mint.list(from, TokenQuery.all());
            for (AccessToken token : all) {
                StoredToken stored = from.get(token.id());
                if (stored == null) continue;
                if (to.get(token.id()) != null) {
                    // it was imported before, and the file has been in use again since
                    Instant revokedAt = token.revokedAt();
                    if (revokedAt != null) to.revoke(token.id(), revokedAt, String.valueOf(token.revokedBy()));
                    continue;
                }
                if (to.add(stored, Instant.now())) added++;
                else LOG.warn("token {} is not imported: its owner has another active one of its name", token.id());
            }
        }
        Path done = file.resolveSibling(file.getFileName() + ".imported");
        Files.move(file, done, StandardCopyOption.REPLACE_EXISTING);
        LOG.info("{} tokens are imported from {}, which is now {}", added, file, done.getFileName());
    }
}
