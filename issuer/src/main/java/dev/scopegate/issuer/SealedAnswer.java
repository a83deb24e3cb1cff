package dev.scopegate.issuer;

import dev.scopegate.token.BearerToken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what a refresh token was exchanged for so that only that refresh token opens it: AES-256-GCM under
 * HMAC-SHA-256 of the token. What is stored of the token itself, SHA-256 of its secret, does not give that key. Safe for any
 * number of threads.
 */
final class SealedAnswer {
    private static final byte[] PURPOSE = "scopegate sealed answer 1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random;

    SealedAnswer(SecureRandom random) {
        this.random = random;
    }

    String seal(TokenPair pair, BearerToken refresh) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        String plain = pair.revealAccess() + " " + pair.expires() + " " + pair.revealRefresh();
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, refresh, nonce, plain.getBytes(StandardCharsets.US_ASCII));
        byte[] all = ByteBuffer.allocate(NONCE + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return Base64.getEncoder().encodeToString(all);
    }

    TokenPair open(String text, BearerToken refresh) {
        ByteBuffer all = ByteBuffer.wrap(Base64.getDecoder().decode(text));
        byte[] nonce = new byte[NONCE];
        byte[] sealed = new byte[all.remaining() - NONCE];
        all.get(nonce).get(sealed);
        byte[] plain = cipher(Cipher.DECRYPT_MODE, refresh, nonce, sealed);
        String[] parts = new String(plain, StandardCharsets.US_ASCII).split(" ", 3);
        return new TokenPair(parts[0], Instant.parse(parts[1]), parts[2]);
    }

    private static byte[] cipher(int mode, BearerToken refresh, byte[] nonce, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(refresh.reveal().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            SecretKeySpec key = new SecretKeySpec(mac.doFinal(PURPOSE), "AES");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a sealed answer cannot be made or opened", e);
        }
    }
}
