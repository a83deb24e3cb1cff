package dev.scopegate.sample.hub;

import dev.scopegate.export.ExportLimit;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.net.Network;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.NewToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens once in a home folder: the datasets get their export policies, and the administrator a token and a password,
 * and also gets one again when there is none.
 */
final class FirstStart {
    /** The file that holds the administrator's token in plain text. */
    static final String FILE = "admin-token";

    /** The file that holds the administrator's password in plain text. */
    static final String PASSWORD_FILE = "admin-password";

    private static final int PASSWORD_BYTES = 18;

    /** The file that says that the datasets have been given their export policies. */
    private static final String POLICIES_MADE = "export-policies-made";

    /** Five million rows a day for each owner. */
    private static final ExportPolicy MEASUREMENTS = new ExportPolicy(
            ExportPolicy.Mode.ENFORCE,
            List.of(),
            List.of(new ExportLimit(
                    ExportLimit.Unit.RECORDS, ExportLimit.Per.DAY, 5_000_000, ExportLimit.Subject.OWNER)));

    /** To this machine alone. */
    private static final ExportPolicy CLINIC = new ExportPolicy(
            ExportPolicy.Mode.ENFORCE, List.of(Network.parse("127.0.0.0/8"), Network.parse("::1")), List.of());

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

    /** Makes the user who is the administrator, with a random password, if there is none. The caller has the home folder alone. */
    static void makeUser(Home home, HubUsers users) throws IOException, Unavailable {
        if (users.names().contains(Hub.ADMINISTRATOR)) return;
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        home.replace(PASSWORD_FILE, (password + "\n").getBytes(StandardCharsets.UTF_8)); // first, as above
        users.put(Hub.ADMINISTRATOR, password, Instant.now());
        LOG.info("first start: the password of the user 'admin' is in {}", home.file(PASSWORD_FILE));
    }

    /**
     * Gives the datasets their export policies, unless this home has seen that, or somebody else has given any. The caller has
     * the home folder alone.
     */
    static void limitExports(Home home, ExportPolicyStore policies) throws IOException, Unavailable {
        if (Files.exists(home.file(POLICIES_MADE))) return;
        if (policies.all().isEmpty()) {
            policies.put(DatasetGuard.DATASET + "penguins", ExportPolicy.UNLIMITED);
            policies.put(DatasetGuard.DATASET + "measurements", MEASUREMENTS);
            policies.put(DatasetGuard.DATASET + "clinic", CLINIC);
        }
        home.replace(POLICIES_MADE, new byte[0]);
    }

    private static boolean hasToken(Mint mint) throws Unavailable {
        return mint.list(TokenQuery.of(Hub.ADMINISTRATOR)).stream()
                .anyMatch(token -> token.scopes().contains(ScopeCatalog.ADMIN));
    }
}
