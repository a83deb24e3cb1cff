package dev.scopegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.access.Admission;
import dev.scopegate.access.Scopegate;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.NewToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * How long a token that is revoked on one node still opens another, with both caches full of it and other requests going
 * on. Measures for a person to read; what it asserts is that a token that was refused once is refused ever after.
 */
public final class RevocationLag {
    private static final int LOAD_THREADS = 2;
    private static final int REQUESTS_AFTERWARDS = 200;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final TestTokens tokens;
    private final TokenRepository here;
    private final Scopegate there;
    private volatile boolean over;

    private RevocationLag(TestTokens tokens, TokenRepository here, TokenStore there) {
        this.tokens = tokens;
        this.here = here;
        this.there = Scopegate.builder()
                .catalog(ScopeCatalog.of(Scope.named("public")))
                .format(tokens.format())
                .store(there)
                .build();
    }

    /**
     * Revokes many tokens on one node while the other serves them.
     *
     * @param there the other node's store, which is closed at the end
     * @return a line that says how long it took
     */
    public static String of(String what, TestTokens tokens, TokenRepository here, TokenStore there, int revocations)
            throws Exception {
        RevocationLag lag = new RevocationLag(tokens, here, there);
        ExecutorService load = Executors.newFixedThreadPool(LOAD_THREADS);
        List<Future<?>> requests = new ArrayList<>();
        try {
            for (int i = 0; i < LOAD_THREADS; i++) {
                NewToken other = lag.add("load-" + i);
                requests.add(load.submit(() -> {
                    while (!lag.over) assertThat(lag.opens(other)).isTrue();
                }));
            }
            long[] nanos = new long[revocations];
            for (int i = 0; i < revocations; i++) nanos[i] = lag.revoke(lag.add("ci-" + i));
            lag.over = true;
            for (Future<?> one : requests) one.get(30, TimeUnit.SECONDS);
            return summary(what, nanos);
        } finally {
            lag.over = true;
            load.shutdownNow();
            lag.there.close();
        }
    }

    private NewToken add(String name) throws Exception {
        NewToken token = tokens.mint("ada", name);
        assertThat(here.add(StoredToken.of(token), Instant.now())).isTrue();
        long begin = System.nanoTime();
        while (!opens(token)) assertThat(System.nanoTime() - begin).isLessThan(PATIENCE_NANOS);
        return token;
    }

    private boolean opens(NewToken token) {
        Admission admission =
                there.check().authenticate(List.of("Bearer " + token.reveal()).iterator(), () -> ClientAddress.UNKNOWN);
        return admission.accessToken() != null;
    }

    /** From the return of the revocation here to the first refusal there. */
    private long revoke(NewToken token) throws Exception {
        assertThat(opens(token)).isTrue();
        here.revoke(token.facts().id(), Instant.now(), "ada");
        long begin = System.nanoTime();
        while (opens(token)) {
            assertThat(System.nanoTime() - begin).as("it is never refused").isLessThan(PATIENCE_NANOS);
            Thread.onSpinWait();
        }
        long nanos = System.nanoTime() - begin;
        for (int i = 0; i < REQUESTS_AFTERWARDS; i++) {
            assertThat(opens(token)).as("let in after it was refused").isFalse();
        }
        return nanos;
    }

    private static String summary(String what, long[] nanos) {
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT,
                "%s: %d revocations; until the other node refuses: median %.1f ms, p99 %.1f ms, worst %.1f ms",
                what,
                nanos.length,
                nanos[nanos.length / 2] / 1e6,
                nanos[Math.min(nanos.length - 1, nanos.length * 99 / 100)] / 1e6,
                nanos[nanos.length - 1] / 1e6);
    }
}
