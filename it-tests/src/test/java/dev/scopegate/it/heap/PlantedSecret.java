package dev.scopegate.it.heap;

import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process that hides secrets where a careless server would keep them, says which, and waits to be dumped. */
final class PlantedSecret {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, List<Object>> STATIC = Map.of("deep", List.of(new Object[] {secret("static")}));

    private final byte[] latin1 = secret("latin1").getBytes(StandardCharsets.ISO_8859_1);
    private final byte[] utf16 = secret("utf16").getBytes(StandardCharsets.UTF_16LE);
    private final char[] chars = secret("chars").toCharArray();
    private final StringBuilder builder = new StringBuilder("Bearer ").append(secret("builder"));
    private final SoftReference<String> soft = new SoftReference<>(secret("soft"));
    private final Runnable lambda = captures(secret("lambda"));
    private final Thread thread = new Thread(() -> {}, secret("thread"));

    private PlantedSecret() {}

    private static Runnable captures(String captured) {
        return () -> System.out.println(captured.length());
    }

    private static String secret(String where) {
        byte[] bytes = new byte[15];
        RANDOM.nextBytes(bytes);
        String secret = HexFormat.of().formatHex(bytes);
        System.out.println(where + " " + secret);
        return secret;
    }

    public static void main(String[] args) throws InterruptedException {
        PlantedSecret planted = new PlantedSecret();
        System.out.println("planted");
        new CountDownLatch(1).await();
        System.out.println(planted.toString() + STATIC);
    }

    @Override
    public String toString() {
        return latin1.length + utf16.length + chars.length + builder.length() + "" + soft + lambda + thread;
    }
}
