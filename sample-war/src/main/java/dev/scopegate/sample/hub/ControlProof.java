package dev.scopegate.sample.hub;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How both ends of a {@link Control} connection prove that they have read the same file, without showing what stands in it:
 * each answers the other's random bytes with their HMAC-SHA-256. Whoever only found the port gets no further, and cannot hold
 * it for longer than a second.
 */
final class ControlProof {
    private static final int NONCE = 16;
    private static final int MAC = 32;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    ControlProof(String key) {
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256");
    }

    /** The hub's side; false: the other end has not the key. */
    boolean holdsAsHub(Socket socket) throws IOException {
        byte[] mine = nonce();
        socket.getOutputStream().write(mine);
        byte[] theirs = readSoon(socket, NONCE + MAC);
        byte[] challenge = Arrays.copyOf(theirs, NONCE);
        byte[] proof = Arrays.copyOfRange(theirs, NONCE, NONCE + MAC);
        if (!MessageDigest.isEqual(proof, hmac("command", mine, challenge))) return false;
        socket.getOutputStream().write(hmac("hub", mine, challenge));
        return true;
    }

    /** The command line's side; false: whoever listens there is not the hub. */
    boolean holdsAsCommand(DataInputStream in, DataOutputStream out) throws IOException {
        byte[] theirs = in.readNBytes(NONCE);
        byte[] mine = nonce();
        out.write(mine);
        out.write(hmac("command", theirs, mine));
        out.flush();
        return MessageDigest.isEqual(in.readNBytes(MAC), hmac("hub", theirs, mine));
    }

    private byte[] nonce() {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        return nonce;
    }

    /** Each read has a time-out of its own, so that one byte now and then would last for ever. */
    private static byte[] readSoon(Socket socket, int length) throws IOException {
        byte[] bytes = new byte[length];
        long begin = System.nanoTime();
        for (int at = 0; at < length; ) {
            long left = TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS - (System.nanoTime() - begin));
            if (left <= 0) throw new IOException("the other end is too slow");
            socket.setSoTimeout((int) left);
            int read = socket.getInputStream().read(bytes, at, length - at);
            if (read < 0) throw new EOFException("the other end has hung up");
            at += read;
        }
        return bytes;
    }

    private byte[] hmac(String side, byte[] hubs, byte[] commands) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(side.getBytes(StandardCharsets.US_ASCII));
            mac.update(hubs);
            return mac.doFinal(commands);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
