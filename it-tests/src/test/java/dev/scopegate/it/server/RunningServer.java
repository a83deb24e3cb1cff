package dev.scopegate.it.server;

import dev.scopegate.it.http.RawClient;
import dev.scopegate.it.http.RawRequest;
import dev.scopegate.it.http.RawResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The WAR in a server that answers. */
public final class RunningServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Pattern URL = Pattern.compile("listens on http://127\\.0\\.0\\.1:(\\d+)");

    private final Container container;
    private final ChildJvm jvm;
    private final Path home;
    private final RawClient client;

    private RunningServer(Container container, ChildJvm jvm, Path home, RawClient client) {
        this.container = container;
        this.jvm = jvm;
        this.home = home;
        this.client = client;
    }

    /** Starts the server in the folder, with the hub's home in another, and waits until {@code /healthz} says 200. */
    public static RunningServer start(Container container, Path folder, Path home, String... jvmOptions)
            throws Exception {
        List<String> command = new ArrayList<>(List.of("-Xmx256m"));
        command.addAll(List.of(jvmOptions));
        Launch launch = container.command().launch(home, folder.resolve("scratch"));
        command.addAll(launch.arguments());
        ChildJvm jvm = ChildJvm.start(container.jdk(), folder, launch.environment(), command);
        try {
            RawClient client = new RawClient(launch.port() == 0 ? printedPort(container, jvm) : launch.port());
            RawRequest healthz = RawRequest.get(container.contextPath() + "/healthz");
            Await.until(container.name() + " answers", START, () -> alive(jvm) && isOk(client, healthz));
            return new RunningServer(container, jvm, home, client);
        } catch (Exception | AssertionError e) {
            jvm.close();
            throw e;
        }
    }

    private static int printedPort(Container container, ChildJvm jvm) {
        Await.until(container.name() + " has a port", START, () -> alive(jvm) && url(jvm).find());
        Matcher url = url(jvm);
        return url.find() ? Integer.parseInt(url.group(1)) : 0;
    }

    private static boolean alive(ChildJvm jvm) {
        if (jvm.isAlive()) return true;
        throw new AssertionError("the server has ended:\n" + jvm.out() + jvm.err());
    }

    private static Matcher url(ChildJvm jvm) {
        return URL.matcher(jvm.out());
    }

    private static boolean isOk(RawClient client, RawRequest request) {
        try {
            return client.send(request).status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    public Container container() {
        return container;
    }

    public RawClient client() {
        return client;
    }

    /** What one GET of a path in the application answers to a token; an empty token is none. */
    public RawResponse get(String path, String token) throws IOException {
        String[] headers = token.isEmpty() ? new String[0] : new String[] {"Authorization: Bearer " + token};
        return client.send(RawRequest.get(container.contextPath() + path, headers));
    }

    /** The application's address without a slash at its end. */
    public String url() {
        return "http://" + client.host() + container.contextPath();
    }

    public ChildJvm jvm() {
        return jvm;
    }

    public Path home() {
        return home;
    }

    @Override
    public void close() {
        jvm.close();
    }
}
