package dev.scopegate.it.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A request exactly as it goes over the wire: every {@code char} of target and header lines is one byte.
 *
 * @param headerLines whole lines without their line end, such as {@code Accept: text/csv}
 * @param body sent in UTF-8; empty for none
 */
public record RawRequest(String method, String target, List<String> headerLines, String body) {
    public RawRequest {
        headerLines = List.copyOf(headerLines);
    }

    /** A GET without a body. */
    public static RawRequest get(String target, String... headerLines) {
        return new RawRequest("GET", target, List.of(headerLines), "");
    }

    /** The same request for the headers alone. */
    public RawRequest asHead() {
        return new RawRequest("HEAD", target, headerLines, body);
    }

    /** The bytes to send; Host, Connection and Content-Length are added where no line says otherwise. */
    byte[] bytes(String host) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(512);
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        if (!names("host")) head.append("Host: ").append(host).append("\r\n");
        if (!names("connection")) head.append("Connection: close\r\n");
        if (content.length > 0 && !names("content-length") && !names("transfer-encoding")) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        for (String line : headerLines) head.append(line).append("\r\n");
        head.append("\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private boolean names(String header) {
        String start = header + ":";
        return headerLines.stream()
                .anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith(start));
    }
}
