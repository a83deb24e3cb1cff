package dev.scopegate.sample.hub;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.issuer.Passwords;
import dev.scopegate.issuer.UserDirectory;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.sample.data.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may sign in: {@code users.json} in the home folder, with hashes of passwords. A file that something else has put in its
 * place holds at once. Safe for any number of threads; whoever writes has the home folder alone.
 */
final class HubUsers implements UserDirectory {
    private static final String FILE = "users.json";
    private static final int LONGEST_NAME = 64;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Read NOBODY = new Read("none", Map.of());

    private final Home home;
    private final Passwords passwords;
    private final Matching matching;
    private volatile Read read = NOBODY;

    /** What the file held when it had the stamp. */
    private record Read(Object stamp, Map<String, Row> byName) {}

    private record Row(String name, String hash, Instant since) {}

    /** Compares a password with a hash, of nobody's when there is none, as {@link Passwords#matches} does. */
    @FunctionalInterface
    interface Matching {
        boolean matches(String password, @Nullable String hash);
    }

    private HubUsers(Home home, Passwords passwords, Matching matching) {
        this.home = home;
        this.passwords = passwords;
        this.matching = matching;
    }

    /** The users of a home folder; a file that is ill-formed stops the start. */
    static HubUsers of(Home home) {
        Passwords passwords = new Passwords();
        return of(home, passwords, passwords::matches);
    }

    static HubUsers of(Home home, Passwords passwords, Matching matching) {
        HubUsers users = new HubUsers(home, passwords, matching);
        try {
            users.names();
            return users;
        } catch (Unavailable e) {
            throw new ConfigurationException("home: " + e.getMessage(), e);
        }
    }

    private Map<String, Row> rows() throws Unavailable {
        if (!Files.exists(home.file(FILE))) return NOBODY.byName;
        try {
            Read known = read;
            BasicFileAttributes now = Files.readAttributes(home.file(FILE), BasicFileAttributes.class);
            Object stamp = Arrays.asList(now.fileKey(), now.size(), now.lastModifiedTime());
            if (!stamp.equals(known.stamp)) {
                known = new Read(stamp, parse(Files.readAllBytes(home.file(FILE))));
                read = known;
            }
            return known.byName;
        } catch (JacksonException | DateTimeException e) {
            throw new Unavailable(
                    "the users in " + home.file(FILE) + " are ill-formed", null); // the cause may quote a hash
        } catch (IOException e) {
            throw new Unavailable("the users in " + home.file(FILE) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, Row> parse(byte[] json) throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (JsonNode user : JSON.readTree(json).path("users")) {
            Row row = new Row(
                    user.path("name").asText(),
                    user.path("password").asText(),
                    Instant.parse(user.path("since").asText()));
            rows.put(row.name, row);
        }
        return Collections.unmodifiableMap(rows);
    }

    Collection<String> names() throws Unavailable {
        return rows().keySet();
    }

    /** Adds a user, or gives one another password, which ends all that was signed in with the old one. */
    void put(String name, String password, Instant now) throws IOException, Unavailable {
        boolean plain =
                name.equals(name.strip()) && name.codePoints().allMatch(c -> c > ' ' && !Character.isISOControl(c));
        if (name.isEmpty() || name.length() > LONGEST_NAME || !plain) {
            throw new IllegalArgumentException("a user's name has 1 to 64 characters, none of them a blank");
        }
        if (!Passwords.isTakable(password)) throw new IllegalArgumentException("a password has 1 to 72 bytes");
        Map<String, Row> rows = new LinkedHashMap<>(rows());
        rows.put(name, new Row(name, passwords.hash(password), now.truncatedTo(ChronoUnit.MILLIS)));
        ObjectNode json = JSON.createObjectNode();
        ArrayNode array = json.putArray("users");
        for (Row row : rows.values()) {
            array.addObject().put("name", row.name).put("password", row.hash).put("since", row.since.toString());
        }
        home.replace(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    @Override
    public @Nullable Entry authenticate(String name, String password) throws Unavailable {
        Row row = rows().get(name);
        return matching.matches(password, row == null ? null : row.hash) && row != null ? entry(row) : null;
    }

    @Override
    public @Nullable Entry find(String name) throws Unavailable {
        Row row = rows().get(name);
        return row == null ? null : entry(row);
    }

    private static Entry entry(Row row) {
        String email = row.name.contains("@") ? row.name : null;
        return new Entry(row.name, row.name, email, Datasets.ORGANIZATION, null, true, row.since);
    }
}
