package dev.scopegate.sample.hub;

import dev.scopegate.problem.Unavailable;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the command line reaches a running hub: a port on the loopback address whose number and key stand in a file that only
 * the home folder's owner can read. One request a connection, one connection at a time: both sides' {@link ControlProof}, action,
 * options; exit status and what is to be printed.
 */
final class Control implements AutoCloseable {
    private static final String FILE = "control";

    private static final Logger LOG = LoggerFactory.getLogger(Control.class);
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int MOST_OPTIONS = 32;

    private final Home home;
    private final TokenCommand.Tokens tokens;
    private final ServerSocket server;
    private final ControlProof proof;
    private final byte[] entry;

    private Control(Home home, TokenCommand.Tokens tokens, ServerSocket server) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.home = home;
        this.tokens = tokens;
        this.server = server;
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        this.proof = new ControlProof(key);
        this.entry = (server.getLocalPort() + " " + key + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Listens from now on; the file is there when this returns. */
    static Control open(Home home, TokenCommand.Tokens tokens) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Control control = new Control(home, tokens, server);
            home.replace(FILE, control.entry);
            Thread thread = new Thread(control::listen, "scopegate-control");
            thread.setDaemon(true);
            thread.start();
            return control;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void listen() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                if (proof.holdsAsHub(socket)) answer(socket);
            } catch (IOException | RuntimeException e) {
                if (!server.isClosed()) LOG.debug("a command was not answered", e);
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        String action = in.readUTF();
        int count = Math.min(in.readUnsignedByte(), MOST_OPTIONS);
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) options.put(in.readUTF(), in.readUTF());

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = execute(action, options, print(out), print(err));
        DataOutputStream reply = new DataOutputStream(socket.getOutputStream());
        reply.writeByte(status);
        for (ByteArrayOutputStream part : new ByteArrayOutputStream[] {out, err}) {
            reply.writeInt(part.size());
            part.writeTo(reply);
        }
        reply.flush();
    }

    private int execute(String action, Map<String, String> options, PrintStream out, PrintStream err) {
        try {
            return new TokenCommand(tokens, out, err).execute(action, options);
        } catch (IllegalArgumentException e) {
            return complain(err, 2, e.getMessage());
        } catch (Unavailable e) {
            return complain(err, 1, "the store does not answer: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the command 'token {}' failed", action, e);
            return complain(err, 1, "the hub failed; its log says more");
        }
    }

    private static int complain(PrintStream err, int status, @Nullable String sentence) {
        err.println("scopegate-sample: " + sentence);
        return status;
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            server.close();
            // another hub may have begun meanwhile
            if (Files.exists(home.file(FILE)) && MessageDigest.isEqual(Files.readAllBytes(home.file(FILE)), entry)) {
                Files.delete(home.file(FILE));
            }
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}", home.file(FILE), e.toString());
        }
    }

    private static String text(DataInputStream reply) throws IOException {
        return new String(reply.readNBytes(reply.readInt()), StandardCharsets.UTF_8);
    }

    /** What a running hub answered. */
    record Answer(int status, String out, String err) {}

    /**
     * Asks the hub that runs on this home folder.
     *
     * @return null when none runs
     * @throws IOException when one runs that does not answer
     */
    static @Nullable Answer ask(Home home, String action, Map<String, String> options) throws IOException {
        if (!Files.exists(home.file(FILE))) return null;
        String[] entry = Files.readString(home.file(FILE)).strip().split(" ", 2);
        try (Socket socket = new Socket()) {
            DataInputStream reply;
            DataOutputStream request;
            try {
                int port = Integer.parseInt(entry[0]);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
                socket.setSoTimeout(2 * PATIENCE_MILLIS);
                reply = new DataInputStream(socket.getInputStream());
                request = new DataOutputStream(socket.getOutputStream());
                if (!new ControlProof(entry[1]).holdsAsCommand(reply, request)) return null;
            } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                LOG.debug("left by a hub that was killed: {}", home.file(FILE), e);
                return null;
            }
            request.writeUTF(action);
            request.writeByte(options.size());
            for (Map.Entry<String, String> option : options.entrySet()) {
                request.writeUTF(option.getKey());
                request.writeUTF(option.getValue());
            }
            request.flush();
            int status = reply.readUnsignedByte();
            return new Answer(status, text(reply), text(reply));
        }
    }
}
