package dev.scopegate.it.stores;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Stands before a store's server and can be slow, mute, or dead. */
final class FaultyProxy implements Closeable {
    private static final long SLOWNESS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What becomes of what the server answers. */
    enum Mood {
        /** It is handed on. */
        SOUND,
        /** It is handed on a tenth of a second later. */
        SLOW,
        /** Nobody gets it, and all connections stay open. */
        MUTE,
        /** All connections are cut, and new ones as soon as they are made. */
        DEAD
    }

    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int target;
    private volatile Mood mood = Mood.SOUND;

    FaultyProxy(int target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** From now on, for connections that there are and new ones. What was kept back while it was mute is lost. */
    void become(Mood next) throws IOException {
        Mood before = mood;
        mood = next;
        if (next == Mood.DEAD || before == Mood.MUTE) for (Socket each : open) each.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                if (mood == Mood.DEAD) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                threads.execute(() -> pump(client, server, false));
                threads.execute(() -> pump(server, client, true));
            }
        } catch (IOException e) {
            mood = Mood.DEAD; // closed
        }
    }

    private void pump(Socket from, Socket to, boolean isAnswer) {
        open.add(from);
        byte[] bytes = new byte[65_536];
        try (from;
                to) {
            from.setTcpNoDelay(true);
            for (int read = from.getInputStream().read(bytes);
                    read >= 0 && mood != Mood.DEAD;
                    read = from.getInputStream().read(bytes)) {
                if (isAnswer && mood == Mood.MUTE) continue;
                if (isAnswer && mood == Mood.SLOW) LockSupport.parkNanos(SLOWNESS_NANOS);
                to.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException e) {
            open.remove(to); // either side has closed, and so has the other now
        } finally {
            open.remove(from);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket each : open) each.close();
        threads.shutdownNow();
    }
}
