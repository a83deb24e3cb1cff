package dev.scopegate.it.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A response as it came over the wire, its body without the transfer coding. */
public final class RawResponse {
    private final int status;
    private final List<Header> headers;
    private final byte[] body;

    RawResponse(int status, List<Header> headers, byte[] body) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /** One header line. */
    public record Header(String name, String value) {
        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    public int status() {
        return status;
    }

    public List<Header> headers() {
        return headers;
    }

    public int length() {
        return body.length;
    }

    /** The values of every line of that name, in any case. */
    public List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** The first line's value; null when there is none. */
    public String header(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.get(0);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Status line, headers and body, for messages and for searches. */
    @Override
    public String toString() {
        StringBuilder all = new StringBuilder("HTTP/1.1 ").append(status).append('\n');
        headers.forEach(header -> all.append(header).append('\n'));
        return all.append('\n').append(text()).toString();
    }
}
