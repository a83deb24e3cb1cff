package dev.scopegate.sample.hub;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.NewToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens once in a home folder, and again when its administrator's tokens are deleted: the administrator gets one. */
final class FirstStart {
    /** The file that holds the administrator's token in plain text. */
    static final String FILE = "admin-token";

    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    private FirstStart() {}

    /** Makes the token and its file if the administrator never had one. The caller has the home folder alone. */
    static void prepare(Home home, Mint mint) throws IOException, Unavailable {
        if (hasToken(mint)) return;
        Mint.Wish wish = new Mint.Wish(
                "first start", Hub.ADMINISTRATOR, List.of(ScopeCatalog.ADMIN), null, List.of(), List.of());
        NewToken token = mint.make(wish, Instant.now());
        // the file first: whoever dies in between leaves a token that opens nothing, and the next start makes both
        home.replace(FILE, (token.reveal() + "\n").getBytes(StandardCharsets.UTF_8));
        if (mint.store(token)) {
            LOG.info("first start: the administrator's token is in {}", home.file(FILE));
            return;
        }
        Files.delete(home.file(FILE));
        if (!hasToken(mint)) throw new IOException("the administrator's token could not be stored");
        LOG.info("first start: another hub on the same store has made the administrator's token");
    }

    private static boolean hasToken(Mint mint) throws Unavailable {
        return mint.list(TokenQuery.of(Hub.ADMINISTRATOR)).stream()
                .anyMatch(token -> token.scopes().contains(ScopeCatalog.ADMIN));
    }
}
