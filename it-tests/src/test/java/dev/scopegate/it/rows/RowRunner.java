package dev.scopegate.it.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.http.RawRequest;
import dev.scopegate.it.http.RawResponse;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.tokens.Tokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends rows to one server, in their order, and holds the responses against them. For one thread. */
public final class RowRunner {
    /**
     * What a HEAD may answer otherwise: it knows no length of a body that it does not make, the GET has used quota, a second
     * may have begun, and each begins a session of its own.
     */
    private static final Set<String> OF_THE_BODY = Set.of(
            "date",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "ratelimit",
            "retry-after",
            "set-cookie");

    private static final int SLOWEST_HEAD = 60;
    private static final Pattern UNLESS = Pattern.compile("unless (\\S+) (.*)");

    private static final int TOO_SHORT_FOR_A_SECRET = 16;

    private final RunningServer server;
    private final Tokens tokens;
    private final Placeholders placeholders;
    private final Map<String, RawResponse> earlier = new HashMap<>();

    public RowRunner(RunningServer server, Tokens tokens) {
        this.server = server;
        this.tokens = tokens;
        this.placeholders = new Placeholders(
                tokens::get, server.client().host(), server.container().contextPath());
    }

    /** Sends the row's request, and for a GET also the HEAD; an AssertionError says what is not as the row wants it. */
    public void run(Row row) throws IOException {
        RawRequest request = request(row);
        List<String> secrets = secrets(request);
        RawResponse response = server.client().send(request);
        boolean envelope = "application/json".equals(response.header("Content-Type"));
        Row.Expected expected = row.expectedOf(server.container().name()).by(!envelope);
        try {
            check(row, expected, response);
            RefusalContract.checkDiscretion(response, secrets);
            earlier.put(row.name(), response);
            if (row.method().equals("GET") && !expected.byContainer()) {
                RawResponse head = server.client().send(request.asHead());
                checkHead(row, expected, head, response);
                RefusalContract.checkDiscretion(head, secrets);
            }
        } catch (AssertionError e) {
            String shown = response.toString();
            throw new AssertionError(
                    "requests.csv, line " + row.line() + ": " + e.getMessage() + "\n--- answered:\n"
                            + shown.substring(0, Math.min(shown.length(), 2_000)),
                    e);
        }
    }

    /** Only sends the row's request. */
    public RawResponse send(Row row) throws IOException {
        return server.client().send(request(row));
    }

    private RawRequest request(Row row) {
        List<String> headers = new ArrayList<>();
        if (!row.who().equals("none")) headers.add("Authorization: Bearer " + tokens.get(row.who()));
        row.headers().forEach(line -> headers.add(placeholders.bytes(line)));
        String path = server.container().product().path(placeholders.bytes(row.path()));
        String target = path.startsWith("/") ? server.container().contextPath() + path : path;
        String body = placeholders.fill(Json.unquoted(row.body()));
        return new RawRequest(row.method(), target, headers, body);
    }

    /** The secrets of this run, and whatever this request presents. */
    private List<String> secrets(RawRequest request) {
        List<String> secrets = new ArrayList<>(tokens.secrets());
        for (String line : request.headerLines()) {
            if (!line.toLowerCase(Locale.ROOT).startsWith("authorization:")) continue;
            for (String word : line.split("[\\s,:]+", -1)) {
                if (word.length() >= TOO_SHORT_FOR_A_SECRET) secrets.add(word);
            }
        }
        return secrets;
    }

    private void check(Row row, Row.Expected expected, RawResponse response) {
        assertThat(response.status()).as("status").isEqualTo(expected.status());
        if (expected.byContainer()) {
            // a container may be of the opinion that it has answered, but nothing of ours may be in it
            if (response.status() < 300) assertThat(response.text()).as("body").isEmpty();
            return;
        }
        if (!expected.codes().isEmpty()) RefusalContract.check(response, expected);
        else assertThat(response.status()).as("a refusal needs a code").isLessThan(400);
        if (!row.expectedOf(server.container().name()).equals(row.expected())) return;
        for (String check : row.checks()) {
            Matcher unless = UNLESS.matcher(check);
            if (unless.matches()
                    && List.of(unless.group(1).split(",", -1))
                            .contains(server.container().name())) continue;
            String everywhere = unless.matches() ? unless.group(2) : check;
            Check.run(placeholders.fill(everywhere), response, earlier);
        }
    }

    private static void checkHead(Row row, Row.Expected expected, RawResponse head, RawResponse get) {
        if (row.checks().contains("head 200")) {
            assertThat(head.status())
                    .as("status of HEAD, which has no body to be too long")
                    .isEqualTo(200);
            return;
        }
        assertThat(head.status()).as("status of HEAD").isEqualTo(get.status());
        assertThat(named(head)).as("headers of HEAD").isEqualTo(named(get));
        assertThat(seconds(head)).as("Retry-After of HEAD").isBetween(seconds(get) - SLOWEST_HEAD, seconds(get));
        if (!expected.codes().isEmpty()) {
            RefusalContract.checkHead(head, expected);
            assertThat(head.all("Content-Length")).as("length of HEAD").isEqualTo(get.all("Content-Length"));
        }
    }

    /** What it says of the time that has to pass, which is less in the HEAD when a second has begun since the GET. */
    private static long seconds(RawResponse response) {
        String seconds = response.header("Retry-After");
        return seconds == null ? -1 : Long.parseLong(seconds);
    }

    private static Map<String, List<String>> named(RawResponse response) {
        Map<String, List<String>> named = new TreeMap<>();
        for (RawResponse.Header header : response.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!OF_THE_BODY.contains(name)) named.put(name, response.all(name));
        }
        return named;
    }
}
