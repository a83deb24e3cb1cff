package dev.scopegate.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * One connection, kept alive, to an application in a Jetty of its own, without sockets. The thread that sends a request
 * also parses it, runs the application and writes the answer, so that its CPU time and its allocation are the request's.
 * For one thread.
 */
public final class KeepAlive implements AutoCloseable {
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final Server server = new Server();
    private final Connector.Wire wire;
    private final ByteBuffer request;
    private final Runnable whenClosed;

    private KeepAlive(ServletContextHandler context, Optional<String> authorization, Runnable whenClosed)
            throws Exception {
        JETTY.setLevel(Level.WARNING);
        this.whenClosed = whenClosed;
        Connector connector = new Connector(server);
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
        wire = connector.open();
        String text = "GET " + Application.PATH + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
                + authorization.map(value -> "Authorization: " + value + "\r\n").orElse("")
                + "\r\n";
        request = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    static KeepAlive open(Application application, Presented presented) {
        Fixture fixture = new Fixture(presented);
        return open(application, presented, fixture, fixture::close);
    }

    static KeepAlive open(Application application, Presented presented, Fixture fixture, Runnable whenClosed) {
        int expected = presented.statusFrom(application);
        return open(application.context(fixture), fixture.authorization(), expected, whenClosed);
    }

    /**
     * Starts an application and asks it once.
     *
     * @param expected the status that it must answer with
     * @param whenClosed run after the application has stopped
     */
    public static KeepAlive open(
            ServletContextHandler context, Optional<String> authorization, int expected, Runnable whenClosed) {
        try {
            KeepAlive made = new KeepAlive(context, authorization, whenClosed);
            if (made.send() == expected) return made;
            throw new IllegalStateException("expected " + expected + ", not\n" + made.answer());
        } catch (Exception e) {
            throw new IllegalStateException("the application cannot be asked", e);
        }
    }

    /** Sends the request once more; answers with the status. */
    public int send() {
        wire.answer.clear();
        wire.addInput(request.rewind());
        if (wire.answer.position() == 0) throw new IllegalStateException("there was no answer");
        return digit(0) * 100 + digit(1) * 10 + digit(2);
    }

    private int digit(int place) {
        return wire.answer.get(STATUS_AT + place) - '0';
    }

    /** The last answer as text. */
    public String answer() {
        return new String(wire.answer.array(), 0, wire.answer.position(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
        whenClosed.run();
    }

    /** Opens connections on the calling thread; their answers go to a buffer that is used again. */
    private static final class Connector extends LocalConnector {
        Connector(Server server) {
            super(server, new HttpConnectionFactory(configuration()));
            setIdleTimeout(0);
        }

        private static HttpConfiguration configuration() {
            HttpConfiguration configuration = new HttpConfiguration();
            configuration.setSendDateHeader(false); // it is made anew every second, which blurs the bytes
            return configuration;
        }

        Wire open() {
            Wire wire = new Wire();
            Connection connection = getDefaultConnectionFactory().newConnection(this, wire);
            wire.setConnection(connection);
            wire.onOpen();
            onEndPointOpened(wire);
            connection.onOpen();
            return wire;
        }

        private final class Wire extends LocalEndPoint {
            private final ByteBuffer answer = ByteBuffer.allocate(16_384);

            @Override
            protected void execute(Runnable task) {
                task.run();
            }

            @Override
            public boolean flush(ByteBuffer... buffers) {
                for (ByteBuffer part : buffers) answer.put(part);
                return true;
            }
        }
    }
}
