package dev.scopegate.it.tokens;

import dev.scopegate.it.server.Await;
import dev.scopegate.it.server.Hub;
import dev.scopegate.it.server.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The callers that rows name. Their tokens are made by the hub's own command line, once for all tests of a JVM, in a home
 * folder of which each server gets a copy.
 */
public final class Tokens {
    private static final Duration SHORT_LIFE = Duration.ofSeconds(20);

    private final Path home;
    private final Map<String, String> byCaller;
    private final Instant end;

    /** In a file, which every server that is started with a copy of it imports. */
    private static final List<String> ON_FILE = List.of("-Dscopegate.store=json-file");

    private Tokens(Path home, Map<String, String> byCaller, Instant end) {
        this.home = home;
        this.end = end;
        this.byCaller = Map.copyOf(byCaller);
    }

    private static final class OfThisRun {
        private static final Tokens TOKENS = make();
    }

    /** The tokens of this run. */
    public static Tokens ofThisRun() {
        return OfThisRun.TOKENS;
    }

    private static Tokens make() {
        Path home = TestFiles.emptyFolder("tokens/" + UUID.randomUUID()).resolve("home");
        Instant end = Instant.now().plus(SHORT_LIFE);
        Map<String, String> tokens = new LinkedHashMap<>();
        try {
            tokens.putAll(minted(home, end));
            Hub.Said revoked = Hub.run(
                    ON_FILE,
                    "token",
                    "revoke",
                    "--id",
                    TokenForge.id(tokens.get("revoked")),
                    "--home",
                    home.toString());
            if (revoked.exitCode() != 0) throw new AssertionError("not revoked: " + revoked);
        } catch (Exception e) {
            throw new IllegalStateException("the tokens could not be made", e);
        }
        tokens.put("unknown", TokenForge.unknown("sgp"));
        tokens.put("unknown-minted", TokenForge.unknown("sga"));
        tokens.put("refresh", TokenForge.unknown("sgr"));
        tokens.put("key-secret", TokenForge.unknown("sgs"));
        tokens.put("other-prefix", TokenForge.unknown("ghp"));
        tokens.put("other-secret", TokenForge.otherSecret(tokens.get("data")));
        tokens.put("bad-checksum", TokenForge.badChecksum(tokens.get("data")));
        tokens.put("cut-short", tokens.get("data").substring(0, 53));
        tokens.put("capitals", tokens.get("data").toUpperCase(Locale.ROOT));
        return new Tokens(home, tokens, end);
    }

    /** Two at a time, as two people might. */
    private static Map<String, String> minted(Path home, Instant end) throws Exception {
        Map<String, Future<String>> making = new LinkedHashMap<>();
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (String line : callers(end)) {
                List<String> words = new ArrayList<>(List.of(line.trim().split("\\s*\\|\\s*", -1)));
                String caller = words.remove(0);
                words.add(0, "--name");
                words.add(1, caller);
                making.put(caller, two.submit(() -> Hub.createToken(ON_FILE, home, words.toArray(String[]::new))));
            }
            Map<String, String> tokens = new LinkedHashMap<>();
            for (Map.Entry<String, Future<String>> each : making.entrySet()) {
                tokens.put(each.getKey(), each.getValue().get(2, TimeUnit.MINUTES));
            }
            return tokens;
        } finally {
            two.shutdownNow();
        }
    }

    private static List<String> callers(Instant end) {
        return """
                expired | --scopes | data.data | --owner | alice | --expires | %s
                admin | --scopes | admin | --owner | admin
                public | --scopes | public | --owner | alice
                overview | --scopes | data.overview | --owner | alice
                metadata | --scopes | data.metadata | --owner | alice
                data | --scopes | data.data | --owner | alice | --expires | 2999-12-31T23:59:59Z
                edit | --scopes | data.edit | --owner | alice
                job | --scopes | job:execute | --owner | alice
                job-list | --scopes | job:list | --owner | alice
                message | --scopes | message.send | --owner | alice
                message-one | --scopes | message.send | --owner | alice | --resources | destination:D1
                visitor-data | --scopes | data.edit | --owner | visitor
                penguins-only | --scopes | data.edit job:execute | --owner | alice | --resources | dataset:penguins
                demo-only | --scopes | data.data | --owner | alice | --resources | organization:demo
                elsewhere-network | --scopes | data.data | --owner | alice | --networks | 192.0.2.0/24,2001:db8::/32
                loopback-network | --scopes | data.data | --owner | alice | --networks | 192.0.2.0/24,127.0.0.0/8
                revoked | --scopes | data.data | --owner | alice
                manage | --scopes | tokens.manage data.data | --owner | alice
                reader | --scopes | tokens.read | --owner | alice
                manage-bob | --scopes | tokens.manage data.edit | --owner | bob
                leaked | --scopes | public | --owner | bob
                """.formatted(end).lines().toList();
    }

    /** The plain token of a caller; that of {@code expired} not before it is. */
    public String get(String caller) {
        if (caller.equals("expired"))
            Await.until("the token has expired", SHORT_LIFE, () -> Instant.now().isAfter(end));
        String token = byCaller.get(caller);
        if (token == null) throw new IllegalArgumentException("there is no caller '" + caller + "'");
        return token;
    }

    /** The part of every token that nobody may ever see. */
    public List<String> secrets() {
        return byCaller.values().stream().map(TokenForge::secret).toList();
    }

    /** A home folder with all these tokens, below a server's folder. */
    public Path copyHome(Path folder) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("home"));
        Files.copy(home.resolve("tokens.json"), copy.resolve("tokens.json"));
        return copy;
    }
}
