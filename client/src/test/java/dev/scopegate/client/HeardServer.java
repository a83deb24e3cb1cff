package dev.scopegate.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server that keeps what it hears, answers where a test says with a redirect, and anywhere else with what it heard. */
final class HeardServer implements AutoCloseable {
    /** A request as it came. */
    record Heard(
            String method,
            String path,
            @Nullable List<String> credentials,
            Map<String, List<String>> headers,
            String body) {}

    private record Answer(int status, String location) {}

    final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> redirects = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final String scheme;

    HeardServer() throws IOException {
        this("http", HttpServer.create(address(), 0));
    }

    HeardServer(SSLContext tls) throws IOException {
        this("https", secured(tls));
    }

    private HeardServer(String scheme, HttpServer server) {
        this.scheme = scheme;
        this.server = server;
        server.createContext("/", this::answer);
        server.start();
    }

    private static HttpServer secured(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(address(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        heard.add(new Heard(
                exchange.getRequestMethod(),
                path,
                exchange.getRequestHeaders().get("Authorization"),
                Map.copyOf(exchange.getRequestHeaders()),
                body));
        Answer redirect = redirects.get(path);
        byte[] bytes = (exchange.getRequestMethod() + " " + path + " " + body).getBytes(StandardCharsets.UTF_8);
        if (redirect != null) exchange.getResponseHeaders().set("Location", redirect.location());
        boolean empty = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(redirect == null ? 200 : redirect.status(), empty ? -1 : bytes.length);
        if (!empty) exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    HeardServer redirect(String path, int status, String location) {
        redirects.put(path, new Answer(status, location));
        return this;
    }

    URI uri(String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** The same server under another name, which is another origin. */
    URI byName(String path) {
        return URI.create(scheme + "://localhost:" + server.getAddress().getPort() + path);
    }

    /** What came, as method, path and the credentials with it. */
    List<String> seen() {
        List<String> seen = new ArrayList<>();
        for (Heard one : heard) seen.add(one.method() + " " + one.path() + " " + one.credentials());
        return seen;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
