package dev.scopegate.store.redis;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands before a Redis server and can keep, without closing anything, what subscribers should get. */
final class SwallowingProxy implements Closeable {
    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int target;
    private volatile boolean swallows;

    SwallowingProxy(int target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    void swallowWhatSubscribersGet() {
        swallows = true;
    }

    /** On connections made from now on, and on the others from now on. */
    void letThrough() {
        swallows = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                AtomicBoolean subscribes = new AtomicBoolean();
                threads.execute(() -> pump(client, server, subscribes, false));
                threads.execute(() -> pump(server, client, subscribes, true));
            }
        } catch (IOException e) {
            swallows = false; // closed
        }
    }

    private void pump(Socket from, Socket to, AtomicBoolean subscribes, boolean isAnswer) {
        byte[] bytes = new byte[8192];
        try (from;
                to) {
            for (int read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                String text = new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
                if (!isAnswer && text.contains("SUBSCRIBE")) subscribes.set(true);
                if (isAnswer && subscribes.get() && swallows) continue;
                to.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException e) {
            subscribes.set(false); // either side has closed, and so has the other now
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        threads.shutdownNow();
    }
}
