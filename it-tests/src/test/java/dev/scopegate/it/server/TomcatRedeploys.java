package dev.scopegate.it.server;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;

/**
 * Deploys the WAR in a running Tomcat, uses it, undeploys it, again and again, and says how many of its class loaders can
 * still be reached then: {@code WAR SCRATCH FILE-WITH-A-TOKEN TIMES}.
 */
public final class TomcatRedeploys {
    private static final Duration COLLECTED = Duration.ofSeconds(30);

    private TomcatRedeploys() {}

    public static void main(String[] args) throws Exception {
        TomcatServer server = new TomcatServer(Path.of(args[1]));
        int port = server.start();
        String token = Files.readString(Path.of(args[2])).strip();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[3]); i++) loaders.add(once(server, port, Path.of(args[0]), token));
        try {
            Await.until("all class loaders are gone", COLLECTED, () -> left(loaders) == 0);
        } catch (AssertionError e) {
            System.out.println(e.getMessage());
        }
        System.out.println(loaders.size() + " deployments, " + left(loaders) + " class loaders left");
        System.exit(0);
    }

    private static long left(List<WeakReference<ClassLoader>> loaders) {
        System.gc();
        return loaders.stream().filter(each -> each.get() != null).count();
    }

    private static WeakReference<ClassLoader> once(TomcatServer server, int port, Path war, String token)
            throws Exception {
        Context hub = server.add("/hub", war);
        ClassLoader loader = hub.getLoader().getClassLoader();
        HttpClient client = HttpClient.newHttpClient();
        expect(client, port, "/hub/api/v1/me", token, 200);
        expect(client, port, "/hub/api/v1/datasets/penguins/rows?limit=5", token, 200);
        expect(client, port, "/hub/api/v1/me", "nothing", 401);
        server.remove(hub);
        expect(client, port, "/hub/healthz", token, 404);
        return new WeakReference<>(loader);
    }

    private static void expect(HttpClient client, int port, String path, String token, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .build();
        int answered =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (answered != status) throw new AssertionError(path + " answers " + answered + ", not " + status);
    }
}
