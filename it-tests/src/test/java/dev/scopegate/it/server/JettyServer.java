package dev.scopegate.it.server;

import java.util.function.Supplier;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** Serves an application in Jetty, over HTTP/1.1 and HTTP/2, until it is told to stop. */
final class JettyServer {
    private JettyServer() {}

    static void serve(Handler application) throws Exception {
        Supplier<ThreadPool> threads =
                Boolean.getBoolean("scopegate-test.virtual-threads") ? VirtualThreadPool::new : QueuedThreadPool::new;
        Server server = new Server(threads.get());
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(16 * 1024); // a token may have 8,192 characters
        ServerConnector connector =
                new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(application);
        server.setStopAtShutdown(true);
        server.start();
        System.out.println("listens on http://127.0.0.1:" + connector.getLocalPort());
        server.join();
    }
}
