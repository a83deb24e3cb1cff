package dev.scopegate.sample.hub;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenStatus;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * The command line's work on the tokens of a home folder, beside a running hub or without one. What was asked for goes to
 * standard output, everything else to standard error.
 */
public final class TokenCommand {
    private final Hub hub;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    TokenCommand(Hub hub, Clock clock, PrintStream out, PrintStream err) {
        this.hub = hub;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs one command.
     *
     * @param action {@code create}, {@code list} or {@code revoke}
     * @param options by name without dashes
     * @return the exit status: 0, or 1 when the tokens are not such that it can be done
     * @throws IllegalArgumentException for an option that is wrong or missing
     */
    public static int run(String action, Map<String, String> options) throws Unavailable {
        try (Hub hub = Hub.forTokens()) {
            return new TokenCommand(hub, Clock.tickMillis(ZoneOffset.UTC), System.out, System.err)
                    .execute(action, options);
        }
    }

    int execute(String action, Map<String, String> options) throws Unavailable {
        return switch (action) {
            case "create" -> create(options);
            case "list" -> list();
            case "revoke" -> revoke(options);
            default -> throw new IllegalArgumentException("there is no token command '" + action + "'");
        };
    }

    private int create(Map<String, String> options) throws Unavailable {
        Mint.Wish wish = TokenOptions.read(options, hub.scopegate().catalog(), clock.instant());
        NewToken token = hub.mint().make(wish, clock.instant());
        if (!hub.mint().store(token)) {
            return fails("'" + wish.owner() + "' has an active token named '" + wish.name() + "' already");
        }
        err.println("Made token " + token.facts().id() + " for '" + wish.owner() + "' with the scopes "
                + token.facts().scopes() + ". It is shown this once:");
        out.println(token.reveal());
        return 0;
    }

    private int list() throws Unavailable {
        String form = "%-14s  %-8s  %-12s  %-20s  %-20s  %s%n";
        out.printf(form, "ID", "STATUS", "OWNER", "CREATED", "EXPIRES", "NAME (SCOPES)");
        for (AccessToken token : hub.mint().list(TokenQuery.all())) {
            out.printf(
                    form,
                    token.id(),
                    token.statusAt(clock.millis()).wireName(),
                    token.owner(),
                    token.createdAt().truncatedTo(ChronoUnit.SECONDS),
                    token.expiresAt() == null ? "never" : token.expiresAt(),
                    token.name() + " (" + token.scopes() + ")");
        }
        return 0;
    }

    private int revoke(Map<String, String> options) throws Unavailable {
        String id = options.get("id");
        if ((id == null) == (options.get("name") == null)) {
            throw new IllegalArgumentException("'token revoke' needs either --id or --name");
        }
        List<AccessToken> meant = hub.mint().list(TokenQuery.all()).stream()
                .filter(token -> id == null
                        ? isActive(token) && isNamed(token, options)
                        : token.id().equals(id))
                .toList();
        if (meant.isEmpty()) return fails("there is no such token; 'token list' shows all");
        AccessToken token = meant.get(0);
        AccessToken revoked = hub.mint().tokens().revoke(token.id(), clock.instant(), Hub.ADMINISTRATOR);
        err.println("Token " + token.id() + " ('" + token.name() + "' of '" + token.owner() + "') is revoked since "
                + (revoked == null ? clock.instant() : revoked.revokedAt()) + ".");
        return 0;
    }

    private boolean isActive(AccessToken token) {
        return token.statusAt(clock.millis()) == TokenStatus.ACTIVE;
    }

    private static boolean isNamed(AccessToken token, Map<String, String> options) {
        String owner = options.getOrDefault("owner", Hub.ADMINISTRATOR);
        return token.name().equals(options.get("name")) && token.owner().equals(owner);
    }

    private int fails(String sentence) {
        err.println("scopegate-sample: " + sentence);
        return 1;
    }
}
