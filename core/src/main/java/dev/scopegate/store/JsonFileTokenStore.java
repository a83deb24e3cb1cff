package dev.scopegate.store;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.text.FileTrouble;
import dev.scopegate.token.BearerToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that keeps its tokens in one JSON file: hashes of secrets, never secrets. For a few thousand tokens. A file
 * that something else has put in its place is seen within the poll interval; one that is ill-formed or gone is reported
 * to the log and changes nothing. Writes replace the file atomically and wait for other processes' writes.
 */
public final class JsonFileTokenStore extends TableTokenStore {
    private static final Logger LOG = LoggerFactory.getLogger(JsonFileTokenStore.class);
    private static final int CHANGES_TOLD_ONE_BY_ONE = 100;

    private final KeptFile file;
    private final Denylist denylist;
    private final @Nullable ScheduledExecutorService poller;
    private final Object reading = new Object();
    private @Nullable Object seen;

    private JsonFileTokenStore(Path path, KeptFile file, Duration poll) {
        this.file = file;
        this.denylist = new JsonFileDenylist(
                path.resolveSibling(path.getFileName() + ".denied"), Clock.systemUTC(), this::tell);
        try {
            Object stamp = file.stamp();
            show(TokenJson.read(file.read()));
            seen = stamp;
        } catch (IOException e) {
            throw new ConfigurationException("token-file: " + file + " cannot be read: " + FileTrouble.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("token-file: " + file + ": " + e.getMessage(), e);
        }
        poller = poll.isZero() ? null : Executors.newSingleThreadScheduledExecutor(JsonFileTokenStore::thread);
        if (poller != null) {
            long nanos = poll.toNanos();
            // a task that fails must not end the polling: refresh() catches and reports what can go wrong
            var unused = poller.scheduleWithFixedDelay(this::refresh, nanos, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Opens an existing file.
     *
     * @param poll how often the file is looked at; zero: never, only {@link #refresh} does
     * @throws ConfigurationException when the file is missing, unreadable or ill-formed
     */
    public static JsonFileTokenStore open(Path path, Duration poll) {
        return new JsonFileTokenStore(path, new KeptFile(path), poll);
    }

    /** Opens the file, which is made empty and readable for its owner alone when there is none. */
    public static JsonFileTokenStore openOrCreate(Path path, Duration poll) {
        KeptFile file = new KeptFile(path);
        try {
            file.createIfMissing(TokenJson.write(TokenTable.EMPTY));
        } catch (IOException | Unavailable e) {
            throw new ConfigurationException("token-file: " + path + " cannot be made: " + e.getMessage(), e);
        }
        return new JsonFileTokenStore(path, file, poll);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "scopegate-token-file");
        thread.setDaemon(true);
        return thread;
    }

    /** Reads the file again if it is another one than before; never throws. */
    public void refresh() {
        List<String> changed;
        synchronized (reading) {
            Object stamp = null;
            try {
                stamp = file.stamp();
                if (stamp.equals(seen)) return;
                TokenTable before = table();
                TokenTable after = TokenJson.read(file.read());
                show(after);
                changed = differences(before, after);
                LOG.info("token file {} read again, tokens changed: {}", file, changed.size());
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                if (!Objects.equals(stamp, seen)) {
                    LOG.error("token file {} is not used, the tokens read before stay: {}", file, e.toString());
                }
                return;
            } finally {
                seen = stamp;
            }
        }
        tellAll(changed);
    }

    /** A token that is not known may have been added a moment ago: the file's stamp is looked at before that is believed. */
    @Override
    public @Nullable StoredToken find(BearerToken presented) {
        StoredToken found = super.find(presented);
        if (found != null || !presented.isOpaque()) return found;
        refresh();
        return super.find(presented);
    }

    /** Reads the file first if it has changed. */
    @Override
    public @Nullable StoredToken findLive(BearerToken presented) throws Unavailable {
        refresh();
        synchronized (reading) {
            if (seen == null) throw new Unavailable("the token file " + file + " is gone", null);
        }
        return super.find(presented);
    }

    /** In a file beside that of the tokens, made with the first denial. */
    @Override
    public Denylist denylist() {
        return denylist;
    }

    private void tellAll(List<String> ids) {
        if (ids.size() > CHANGES_TOLD_ONE_BY_ONE) tell(new TokenChange.OfEverything());
        else ids.forEach(id -> tell(new TokenChange.OfToken(id)));
    }

    private static List<String> differences(TokenTable before, TokenTable after) {
        Set<String> ids = new HashSet<>();
        before.ids().forEach(ids::add);
        after.ids().forEach(ids::add);
        List<String> changed = new ArrayList<>();
        for (String id : ids) {
            StoredToken row = before.get(id);
            StoredToken now = after.get(id);
            if (row == null || now == null || !row.isSameAs(now)) changed.add(id);
        }
        return changed;
    }

    @Override
    boolean write(Change change, @Nullable TokenChange told) throws Unavailable {
        boolean written;
        List<String> changed;
        synchronized (reading) {
            TokenTable before = table();
            try {
                written = file.whileLocked(() -> writeLocked(change));
            } catch (IOException | RuntimeException e) {
                throw new Unavailable("the token file " + file + " cannot be written: " + e, e);
            }
            changed = differences(before, table()); // with what other processes wrote
        }
        tellAll(changed);
        return written;
    }

    private boolean writeLocked(Change change) throws IOException {
        Object stamp = file.stamp();
        TokenTable present = TokenJson.read(file.read());
        TokenTable after = change.apply(present);
        if (after != null) stamp = file.replace(TokenJson.write(after));
        show(after == null ? present : after);
        seen = stamp; // not the file's by now: what somebody puts in its place meanwhile has to be seen
        return after != null;
    }

    /** Stops looking at the file. */
    @Override
    public void close() {
        if (poller == null) return;
        poller.shutdownNow();
        try {
            // containers look for threads of an application that they have stopped
            if (!poller.awaitTermination(1, TimeUnit.SECONDS)) LOG.warn("token file {} is still being read", file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
