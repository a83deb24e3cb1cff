package dev.scopegate.store;

import dev.scopegate.problem.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A denylist in one file, a line for each denial: when it is over, a blank, the id. Made with the first denial. For one node.
 */
final class JsonFileDenylist implements Denylist {
    private static final Read NOTHING = new Read("none", Map.of());

    private final KeptFile file;
    private final Clock clock;
    private final Consumer<TokenChange> told;
    private volatile Read read = NOTHING;

    /** What the file held when it had the stamp. */
    private record Read(Object stamp, Map<String, Instant> denied) {}

    /** A list in that file; each denial is told to {@code told}. */
    JsonFileDenylist(Path path, Clock clock, Consumer<TokenChange> told) {
        this.file = new KeptFile(path);
        this.clock = clock;
        this.told = told;
    }

    private Map<String, Instant> denied() throws IOException {
        if (!file.exists()) return NOTHING.denied;
        Read known = read;
        if (!file.stamp().equals(known.stamp)) {
            known = readNow();
            read = known;
        }
        return known.denied;
    }

    private Read readNow() throws IOException {
        Object stamp = file.stamp();
        Map<String, Instant> denied = new LinkedHashMap<>();
        for (String line : new String(file.read(), StandardCharsets.UTF_8).split("\n", -1)) {
            int blank = line.indexOf(' ');
            if (line.isEmpty()) continue;
            try {
                denied.put(line.substring(blank + 1), Instant.parse(line.substring(0, Math.max(blank, 0))));
            } catch (DateTimeException e) {
                throw new IOException("a line is no denial", e);
            }
        }
        return new Read(stamp, Map.copyOf(denied));
    }

    @Override
    public void deny(String jti, Instant until) throws Unavailable {
        if (jti.indexOf('\n') >= 0) throw new IllegalArgumentException("an id is one line");
        Instant over = clock.instant().minus(LONGEST_SKEW);
        try {
            read = file.whileLocked(() -> {
                Map<String, Instant> denied = new TreeMap<>(denied());
                denied.values().removeIf(end -> end.isBefore(over));
                denied.merge(jti, until, (one, other) -> one.isAfter(other) ? one : other);
                StringBuilder text = new StringBuilder();
                denied.forEach(
                        (id, end) -> text.append(end).append(' ').append(id).append('\n'));
                Object stamp = file.replace(text.toString().getBytes(StandardCharsets.UTF_8));
                return new Read(stamp, Map.copyOf(denied));
            });
        } catch (IOException e) {
            throw new Unavailable("the denials in " + file + " cannot be written: " + e.getMessage(), e);
        }
        told.accept(new TokenChange.OfJti(jti));
    }

    @Override
    public boolean denies(String jti) throws Unavailable {
        try {
            return denied().containsKey(jti);
        } catch (IOException e) {
            throw new Unavailable("the denials in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
