package dev.scopegate.sample.hub;

import dev.scopegate.config.Configuration;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line's work on the tokens of a home folder, beside a running hub or without one. What was asked for goes to
 * standard output, everything else to standard error.
 */
public final class TokenCommand {
    /** What the command works on. */
    record Tokens(Mint mint, ScopeCatalog catalog, Clock clock) {
        static Tokens of(Hub hub) {
            return new Tokens(hub.mint(), hub.scopegate().catalog(), Clock.tickMillis(ZoneOffset.UTC));
        }
    }

    private static final String HOME = Configuration.PREFIX + HubSettings.HOME.key();

    private final Mint mint;
    private final ScopeCatalog catalog;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    TokenCommand(Tokens tokens, PrintStream out, PrintStream err) {
        this.mint = tokens.mint();
        this.catalog = tokens.catalog();
        this.clock = tokens.clock();
        this.out = out;
        this.err = err;
    }

    /**
     * Runs one command: a running hub does it, or this process, when none runs.
     *
     * @param action {@code create}, {@code list} or {@code revoke}
     * @param options by name without dashes
     * @return the exit status: 0, 2 for an option that is wrong, or 1 when the tokens are not such that it can be done
     * @throws IllegalArgumentException for an option that is wrong or missing
     */
    public static int run(String action, Map<String, String> options) throws IOException, Unavailable {
        return Hub.home().<Integer, Unavailable>alone(home -> {
            Control.Answer answer = Control.ask(home, action, options);
            if (answer != null) {
                System.out.print(answer.out());
                System.err.print(answer.err());
                System.err.print(withoutEffect(home, System.getProperties().stringPropertyNames()));
                return answer.status();
            }
            try (Hub hub = Hub.forTokens(home)) {
                return new TokenCommand(Tokens.of(hub), System.out, System.err).execute(action, options);
            }
        });
    }

    /** What is to be told to somebody who gave settings to a command that a running hub has done by its own. */
    static String withoutEffect(Home home, Collection<String> properties) {
        List<String> given = properties.stream()
                .filter(name -> name.startsWith(Configuration.PREFIX) && !name.equals(HOME))
                .sorted()
                .toList();
        if (given.isEmpty()) return "";
        return "scopegate-sample: the hub that runs on " + home + " was asked and has its own settings, so "
                + String.join(", ", given) + " had no effect; name another folder with --home\n";
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
        Mint.Wish wish = TokenOptions.read(options, catalog, clock.instant());
        NewToken token = mint.make(wish, clock.instant());
        if (!mint.store(token)) {
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
        for (AccessToken token : mint.list(TokenQuery.all())) {
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
        AccessToken token = id == null ? named(options.get("name"), options) : withId(id);
        if (token == null) return fails("there is no such token; 'token list' shows all");
        AccessToken revoked = mint.revoke(token.id(), clock.instant());
        Denylist denylist = mint.scopegate().store().denylist();
        if (token.kind() == TokenKind.JWT && denylist != null && token.expiresAt() != null) {
            denylist.deny(token.id(), token.expiresAt());
        }
        err.println("Token " + token.id() + " ('" + token.name() + "' of '" + token.owner() + "') is revoked since "
                + (revoked == null ? clock.instant() : revoked.revokedAt()) + ".");
        return 0;
    }

    private @Nullable AccessToken withId(String id) throws Unavailable {
        StoredToken stored = mint.tokens().get(id);
        return stored == null ? null : stored.token();
    }

    private @Nullable AccessToken named(@Nullable String name, Map<String, String> options) throws Unavailable {
        String owner = options.getOrDefault("owner", Hub.ADMINISTRATOR);
        for (AccessToken token : mint.list(TokenQuery.of(owner).status(TokenStatus.ACTIVE))) {
            if (token.name().equals(name)) return token;
        }
        return null;
    }

    private int fails(String sentence) {
        err.println("scopegate-sample: " + sentence);
        return 1;
    }
}
