package dev.scopegate.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A network that fails on command: stands on a loopback port before a server and passes, delays, keeps, resets or cuts what
 * goes through it. Safe for any number of threads.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BLOCK = 8_192;
    private static final int CONNECT_MILLIS = 5_000;
    private static final long GLANCE_NANOS = 1_000_000;

    private final int target;
    private final String feedWords;
    private final int port;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    /** How many bytes of answers still pass before all is cut; negative: all. */
    private final AtomicLong untilCut = new AtomicLong(-1);

    private volatile long delayNanos;
    private volatile boolean stalled;
    private volatile boolean feedIsDeaf;
    private ServerSocket entrance;
    private Thread acceptor;

    /** One client's connection and the server's that belongs to it. */
    private record Link(Socket client, Socket server, AtomicBoolean isFeed) {
        /** Both ends get a reset, not an orderly end. */
        void reset() {
            for (Socket one : List.of(client, server)) {
                try {
                    one.setSoLinger(true, 0);
                    one.close();
                } catch (IOException alreadyClosed) {
                    // as it should be
                }
            }
        }
    }

    /**
     * Stands before the server on this loopback port.
     *
     * @param feedWords what only a client that hears of changes sends, for {@link #deafen}
     */
    public FaultProxy(int target, String feedWords) throws IOException {
        this.target = target;
        this.feedWords = feedWords;
        entrance = listen(0);
        port = entrance.getLocalPort();
        acceptor = accept(entrance);
    }

    /** Where clients connect to. */
    public int port() {
        return port;
    }

    /** How many blocks of bytes clients have sent so far: round trips, where a client waits for each answer. */
    public long requests() {
        return requests.get();
    }

    /** Everything passes again, at once; what was kept too. A server that was refused is reachable again. */
    public synchronized void pass() throws IOException {
        delayNanos = 0;
        untilCut.set(-1);
        feedIsDeaf = false;
        stalled = false;
        if (!entrance.isClosed()) return;
        entrance = listen(port);
        acceptor = accept(entrance);
    }

    /** Each block of bytes is that much later, in both directions. */
    public void delay(long millis) {
        delayNanos = millis * 1_000_000;
    }

    /** A black hole: connections stay open, new ones are taken, and nothing goes through until {@link #pass}. */
    public void stall() {
        stalled = true;
    }

    /** What clients that hear of changes should get is lost, now and on new connections, without anything being closed. */
    public void deafen() {
        feedIsDeaf = true;
    }

    /** Resets every connection that there is; new ones pass. */
    public void reset() {
        for (Link link : links) link.reset();
        links.clear();
    }

    /** Resets every connection once so many more bytes of answers have passed, in the middle of one perhaps. */
    public void cutAfter(long bytes) {
        untilCut.set(bytes);
    }

    /** Nobody listens any more, and every connection is reset. When this returns no connection can be made. */
    public synchronized void refuse() throws IOException, InterruptedException {
        entrance.close();
        acceptor.join(); // or a connection could slip in that was on its way
        reset();
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return socket;
    }

    private Thread accept(ServerSocket from) {
        return start("accept", () -> {
            while (!from.isClosed()) {
                try {
                    take(from.accept());
                } catch (IOException e) {
                    // closed, or the server is not there: its client has been told
                }
            }
        });
    }

    private void take(Socket client) throws IOException {
        Socket server = new Socket();
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            new Link(client, server, new AtomicBoolean()).reset();
            throw e;
        }
        Link link = new Link(client, server, new AtomicBoolean());
        links.add(link);
        start("requests", () -> pump(link, client, server, false));
        start("answers", () -> pump(link, server, client, true));
    }

    private static Thread start(String what, Runnable task) {
        Thread thread = new Thread(task, "fault-proxy-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void pump(Link link, Socket from, Socket to, boolean isAnswer) {
        byte[] bytes = new byte[BLOCK];
        try (from;
                to) {
            InputStream input = from.getInputStream();
            for (int read = input.read(bytes); read >= 0; read = input.read(bytes)) {
                if (!isAnswer && new String(bytes, 0, read, StandardCharsets.ISO_8859_1).contains(feedWords)) {
                    link.isFeed().set(true);
                }
                if (!isAnswer) requests.incrementAndGet();
                hold(to);
                if (isAnswer && feedIsDeaf && link.isFeed().get()) continue;
                int passes = isAnswer ? allowed(read) : read;
                to.getOutputStream().write(bytes, 0, passes);
                if (passes < read) reset();
            }
        } catch (IOException e) {
            link.reset(); // either side has closed, and so has the other now
        } finally {
            links.remove(link);
        }
    }

    /** Waits as long as nothing may pass, unless the connection is closed meanwhile. */
    private void hold(Socket to) {
        long delay = delayNanos;
        if (delay > 0) LockSupport.parkNanos(delay);
        while (stalled && !to.isClosed()) LockSupport.parkNanos(GLANCE_NANOS);
    }

    private int allowed(int read) {
        long left = untilCut.get();
        if (left < 0) return read;
        int passes = (int) Math.min(left, read);
        untilCut.set(passes < read ? -1 : left - passes); // what is cut is cut once
        return passes;
    }

    @Override
    public synchronized void close() throws IOException {
        entrance.close();
        stalled = false;
        reset();
    }
}
