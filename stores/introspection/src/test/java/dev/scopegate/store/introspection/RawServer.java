package dev.scopegate.store.introspection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that reads one request a connection and then does with it what no HTTP library would. */
final class RawServer implements AutoCloseable {
    /** What happens after the request was read. */
    @FunctionalInterface
    interface Fault {
        void happen(Socket connection, OutputStream out, String request) throws Exception;
    }

    private final ServerSocket socket = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Fault fault;
    final AtomicInteger requests = new AtomicInteger();
    /** Opens when the client is found to have ended a connection under a server that was still writing. */
    final CountDownLatch hungUp = new CountDownLatch(1);

    RawServer(Fault fault) throws IOException {
        this.fault = fault;
        threads.execute(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/introspect";
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            String request = request(connection.getInputStream());
            if (request.isEmpty()) return;
            requests.incrementAndGet();
            fault.happen(connection, connection.getOutputStream(), request);
        } catch (IOException e) {
            hungUp.countDown();
        } catch (Exception e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Header and body; the body of what the store sends ends with the hint. */
    private static String request(InputStream in) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\r\n\r\n") < 0 || !read.toString().endsWith("token_type_hint=access_token")) {
            int next = in.read();
            if (next < 0) return "";
            read.append((char) next);
        }
        return read.toString();
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Writes again and again until nobody listens any more. */
    static void writeForEver(OutputStream out, String text, long pauseMillis) throws Exception {
        while (true) {
            write(out, text);
            Thread.sleep(pauseMillis);
        }
    }

    /** Keeps the connection without a word until the client ends it. */
    static void stall(Socket connection) throws IOException {
        if (connection.getInputStream().read() < 0) throw new IOException("the client hung up");
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
