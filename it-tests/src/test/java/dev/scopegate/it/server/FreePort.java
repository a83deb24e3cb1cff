package dev.scopegate.it.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port for servers that have to be told one. */
final class FreePort {
    private FreePort() {}

    /** A port of the loopback address that nobody has now. */
    static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
