package dev.scopegate.it.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP/1.1 client that sends any bytes and forgives no server: one connection a request, a response must be framed
 * rightly, complete, and followed by nothing. Stateless but for the address.
 */
public final class RawClient {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final int port;

    public RawClient(int port) {
        this.port = port;
    }

    /** What stands in the Host line unless the request has one. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** Sends the request and reads its response to the end. */
    public RawResponse send(RawRequest request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            try {
                socket.getOutputStream().write(request.bytes(host()));
                socket.getOutputStream().flush();
            } catch (SocketException refusedEarly) {
                // a server may answer and close before it has read everything: the answer is still to be read
            }
            return read(new BufferedInputStream(socket.getInputStream()), request);
        }
    }

    private static RawResponse read(InputStream in, RawRequest request) throws IOException {
        String statusLine = line(in);
        if (!statusLine.matches("HTTP/1\\.1 [1-5][0-9][0-9]( .*)?")) {
            throw new IOException("no status line: '" + statusLine + "'");
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        List<RawResponse.Header> headers = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) throw new IOException("no header line: '" + line + "'");
            headers.add(new RawResponse.Header(
                    line.substring(0, colon), line.substring(colon + 1).trim()));
        }
        if (status < 200) return read(in, request);
        RawResponse head = new RawResponse(status, headers, new byte[0]);
        RawResponse response = new RawResponse(status, headers, body(in, request, head));
        if (!"keep-alive".equalsIgnoreCase(head.header("Connection"))) expectEnd(in);
        return response;
    }

    private static byte[] body(InputStream in, RawRequest request, RawResponse head) throws IOException {
        if (request.method().equals("HEAD") || head.status() == 204 || head.status() == 304) return new byte[0];
        List<String> lengths = head.all("Content-Length");
        String coding = head.header("Transfer-Encoding");
        if (coding != null) {
            if (!coding.equalsIgnoreCase("chunked") || !lengths.isEmpty())
                throw new IOException("framed twice: " + head);
            return chunks(in);
        }
        if (lengths.size() > 1) throw new IOException("two lengths: " + head);
        if (lengths.isEmpty()) return in.readAllBytes();
        return exactly(in, Integer.parseInt(lengths.get(0)));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in), 16);
            body.writeBytes(exactly(in, size));
            if (!line(in).isEmpty()) throw new IOException("a chunk does not end where it should, or trailers follow");
            if (size == 0) return body.toByteArray();
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) throw new EOFException("cut off after " + bytes.length + " of " + length + " bytes");
        return bytes;
    }

    private static void expectEnd(InputStream in) throws IOException {
        int next;
        try {
            next = in.read();
        } catch (SocketException reset) {
            return; // closed with unread request bytes
        }
        if (next >= 0) throw new IOException("bytes follow the response, beginning with " + next);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) throw new EOFException("cut off in the head, after '" + line + "'");
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r")) throw new IOException("a line that ends without CR: '" + text + "'");
        return text.substring(0, text.length() - 1);
    }
}
