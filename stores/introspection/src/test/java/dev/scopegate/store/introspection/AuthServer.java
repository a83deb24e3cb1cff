package dev.scopegate.store.introspection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server's introspection endpoint on this machine, which checks method, form and client as a real one would.
 * It knows the tokens that a test gives it; any other is inactive.
 */
final class AuthServer implements AutoCloseable {
    static final String ISSUER = "https://login.example";
    static final String CLIENT_ID = "hub: ünï+%&\r\nX-Injected: yes";
    static final String SECRET = "s3cret:\n ßé+%&=";
    static final String OWN_TOKEN = "own-Token~1/2+3==";

    /** Answers a token's question in place of the usual JSON. */
    @FunctionalInterface
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer http;
    private final String scheme;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private volatile @Nullable Behaviour instead;
    final AtomicInteger requests = new AtomicInteger();

    AuthServer() throws IOException {
        this(null);
    }

    AuthServer(@Nullable SSLContext tls) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            http = HttpServer.create(anyPort, 0);
        } else {
            HttpsServer https = HttpsServer.create(anyPort, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
            http = https;
        }
        scheme = tls == null ? "http" : "https";
        http.setExecutor(threads);
        http.createContext("/introspect", this::handle);
        http.start();
    }

    String url() {
        return scheme + "://127.0.0.1:" + http.getAddress().getPort() + "/introspect";
    }

    /** The answer about a token. */
    void know(String token, String json) {
        answers.put(token, json);
    }

    /** An active token with the fields of {@code more}, such as {@code ,"scope":"a b"}. */
    void active(String token, String more) {
        know(token, "{\"active\":true,\"sub\":\"ada\"" + more + "}");
    }

    /** From now on every request is answered so; null: as usual. */
    void behave(@Nullable Behaviour behaviour) {
        instead = behaviour;
    }

    static Behaviour status(int status, String body) {
        return exchange -> send(exchange, status, body);
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            Map<String, String> form =
                    form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Behaviour behaviour = instead;
            if (behaviour != null) {
                behaviour.answer(exchange);
                return;
            }
            boolean wellFormed = exchange.getRequestMethod().equals("POST")
                    && "application/x-www-form-urlencoded"
                            .equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                    && "application/json".equals(exchange.getRequestHeaders().getFirst("Accept"))
                    && !exchange.getRequestHeaders().containsKey("X-Injected")
                    && "access_token".equals(form.get("token_type_hint"));
            if (!wellFormed) send(exchange, 400, "{\"error\":\"invalid_request\"}");
            else if (!knows(exchange, form)) send(exchange, 401, "{\"error\":\"invalid_client\"}");
            else send(exchange, 200, answers.getOrDefault(form.get("token"), "{\"active\":false}"));
        }
    }

    private static boolean knows(HttpExchange exchange, Map<String, String> form) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null) {
            return CLIENT_ID.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret"));
        }
        if (authorization.startsWith("Bearer ")) return authorization.equals("Bearer " + OWN_TOKEN);
        String pair = new String(
                Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.US_ASCII);
        int colon = pair.indexOf(':');
        return CLIENT_ID.equals(decoded(pair.substring(0, colon))) && SECRET.equals(decoded(pair.substring(colon + 1)));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String parameter : body.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String before = form.put(decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
            if (before != null) throw new IllegalArgumentException("a parameter stands there twice");
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length == 0) return;
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
