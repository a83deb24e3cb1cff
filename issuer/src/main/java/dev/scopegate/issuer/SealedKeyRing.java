package dev.scopegate.issuer;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.KeyRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key ring in a place that others can read: AES-256-GCM under HMAC-SHA-256 of the service's secret key. Safe for any number of
 * threads.
 */
public final class SealedKeyRing implements KeyRing {
    private static final byte[] PURPOSE = "scopegate key ring 1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int LEAST_BYTES = 32;

    private final KeyRing place;
    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /**
     * Seals what is put into a place.
     *
     * @param secretKey the setting {@code secret-key}, at least 32 bytes
     */
    public SealedKeyRing(KeyRing place, byte[] secretKey) {
        if (secretKey.length < LEAST_BYTES)
            throw new IllegalArgumentException("the secret key has fewer than 32 bytes");
        this.place = place;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secretKey, "HmacSHA256"));
            this.key = new SecretKeySpec(mac.doFinal(PURPOSE), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /**
     * What is kept, opened.
     *
     * @throws Unavailable also when it was sealed under another key, or is something else
     */
    @Override
    public Kept read() throws Unavailable {
        Kept kept = place.read();
        return kept.text().isEmpty() ? kept : new Kept(kept.version(), open(kept.text()));
    }

    @Override
    public boolean replace(Kept expected, String text) throws Unavailable {
        return place.replace(expected, seal(text));
    }

    private String seal(String text) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, text.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key ring cannot be sealed", e);
        }
    }

    private String open(String text) throws Unavailable {
        try {
            ByteBuffer all = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            byte[] nonce = new byte[NONCE];
            if (all.remaining() <= NONCE) throw new IllegalArgumentException("too short");
            byte[] sealed = new byte[all.remaining() - NONCE];
            all.get(nonce).get(sealed);
            return new String(cipher(Cipher.DECRYPT_MODE, nonce, sealed), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Unavailable("the signing keys in the store are not sealed under this 'secret-key'", e);
        }
    }

    private byte[] cipher(int mode, byte[] nonce, byte[] text) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(PURPOSE);
        return cipher.doFinal(text);
    }
}
