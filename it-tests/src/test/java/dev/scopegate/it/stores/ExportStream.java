package dev.scopegate.it.stores;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * One response over HTTP/1.1, whose body is counted as it arrives, also that of one that is cut off.
 *
 * @param status 0 when none arrived
 * @param bytes of the body
 * @param isWhole whether it ended as HTTP says that it ends
 */
record ExportStream(int status, long bytes, boolean isWhole) {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String ROWS = "/api/v1/datasets/measurements/rows?format=csv&limit=";

    /** Asks for rows of measurements. Told of each piece of a 200's body when it has arrived. */
    static ExportStream rows(int port, String token, int rows, LongConsumer arrived) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "GET " + ROWS + rows + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nAuthorization: Bearer " + token + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return read(new BufferedInputStream(socket.getInputStream(), 65_536), arrived);
        }
    }

    private static ExportStream read(InputStream in, LongConsumer arrived) throws IOException {
        int status = Integer.parseInt(line(in).split(" ", 3)[1]);
        long length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:"))
                length = Long.parseLong(header.substring(15).strip());
        }
        Count count = new Count(in, status == 200 ? arrived : ignored -> {});
        boolean isWhole;
        try {
            if (length >= 0) count.take(length);
            else count.takeChunks();
            isWhole = true;
        } catch (IOException cut) {
            isWhole = false;
        }
        return new ExportStream(status, count.bytes, isWhole);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("in a line");
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }

    /** What of a body has arrived. */
    private static final class Count {
        private final InputStream in;
        private final LongConsumer arrived;
        private final byte[] buffer = new byte[65_536];
        private long bytes;

        Count(InputStream in, LongConsumer arrived) {
            this.in = in;
            this.arrived = arrived;
        }

        void take(long length) throws IOException {
            for (long left = length; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) throw new EOFException("in a body");
                left -= read;
                bytes += read;
                arrived.accept(read);
            }
        }

        void takeChunks() throws IOException {
            for (long chunk = size(); chunk > 0; chunk = size()) {
                take(chunk);
                String unused = line(in);
            }
            while (!line(in).isEmpty()) {} // trailers
        }

        private long size() throws IOException {
            return Long.parseLong(line(in).split(";", 2)[0].strip(), 16);
        }
    }
}
