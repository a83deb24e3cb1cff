package dev.scopegate.store.introspection;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoreHealth;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a dead server from gathering threads: so many calls at once and no more, the others wait for their turn within the
 * time-out, and when half of the last calls failed nobody calls for a while; then a few try. Safe for any number of threads.
 */
final class Circuit {
    private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);
    private static final int WINDOW = 20;
    private static final int FEWEST_CALLS = 5;
    private static final int TRIALS = 3;
    private static final int LONGEST_REST_SECONDS = 60;

    /** A call that has to end by {@code deadline}, in terms of {@link System#nanoTime}. */
    @FunctionalInterface
    interface Call<T> {
        @Nullable T by(long deadline) throws Failure, InterruptedException;
    }

    private final CircuitBreaker breaker;
    private final Semaphore places;
    private final long timeoutNanos;
    private final Duration retry;
    private volatile String lastFailure = "";
    private volatile boolean failing;
    /** Until when the server is left alone, in terms of {@link System#nanoTime}. */
    private volatile long restsUntil = System.nanoTime();

    Circuit(int concurrency, Duration timeout, Duration retry, Clock steady) {
        this.places = new Semaphore(concurrency, true);
        this.timeoutNanos = timeout.toNanos();
        this.retry = retry;
        this.breaker = CircuitBreaker.of(
                "introspection",
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, FEWEST_CALLS, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(retry)
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .clock(steady)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> tell(event.getStateTransition()));
    }

    private void tell(CircuitBreaker.StateTransition change) {
        if (change.getToState() == State.OPEN) rest(retry);
        switch (change) {
            case CLOSED_TO_OPEN -> LOG.warn("the introspection server is left alone for a while: {}", lastFailure);
            case HALF_OPEN_TO_CLOSED -> LOG.info("the introspection server answers again");
            default -> LOG.debug("the circuit to the introspection server: {}", change);
        }
    }

    private void rest(Duration time) {
        restsUntil = System.nanoTime() + time.toNanos();
    }

    private boolean rests() {
        return breaker.getState() == State.OPEN && restsUntil - System.nanoTime() > 0;
    }

    /** When a client may try again: at least a second, as the field knows nothing smaller. */
    private int retryAfterSeconds() {
        long left = TimeUnit.NANOSECONDS.toMillis(restsUntil - System.nanoTime());
        return (int) Math.max(1, (left + 999) / 1_000);
    }

    /** What the call returns, or why it cannot be told. */
    <T> @Nullable T run(Call<T> call) throws Unavailable {
        long begin = System.nanoTime();
        if (!breaker.tryAcquirePermission()) throw leftAlone();
        boolean reported = false;
        try {
            takePlace(begin + timeoutNanos);
            try {
                // the server may have died while this request waited for its turn
                if (breaker.getState() == State.OPEN) throw leftAlone();
                reported = true;
                return report(call, begin);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for the introspection server", e);
        } finally {
            if (!reported) breaker.releasePermission();
        }
    }

    private <T> @Nullable T report(Call<T> call, long begin) throws Unavailable, InterruptedException {
        long start = System.nanoTime();
        try {
            T result = call.by(begin + timeoutNanos);
            failing = false;
            breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return result;
        } catch (Failure e) {
            lastFailure = String.valueOf(e.getMessage());
            failing = true;
            long took = System.nanoTime() - start;
            if (e.isOutage()) breaker.onError(took, TimeUnit.NANOSECONDS, e);
            else breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            throw unavailable(e);
        } catch (InterruptedException e) {
            breaker.releasePermission();
            throw e;
        } catch (RuntimeException | Error e) {
            breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
            throw e;
        }
    }

    private Unavailable unavailable(Failure failure) {
        int asked = Math.min(failure.retryAfterSeconds(), LONGEST_REST_SECONDS);
        if (asked > 0) {
            breaker.transitionToOpenStateFor(Duration.ofSeconds(asked));
            rest(Duration.ofSeconds(asked));
        }
        return new Unavailable(String.valueOf(failure.getMessage()), null, retryAfterSeconds());
    }

    private void takePlace(long deadline) throws Unavailable, InterruptedException {
        if (places.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) return;
        throw new Unavailable("all turns at the introspection server are taken", null, retryAfterSeconds());
    }

    private Unavailable leftAlone() {
        return new Unavailable("the introspection server is left alone: " + lastFailure, null, retryAfterSeconds());
    }

    /**
     * Down while the server is left alone, no longer: a node that gets no requests until it is well again would never find
     * out that it is.
     */
    StoreHealth health() {
        if (rests()) return StoreHealth.down("introspection: " + lastFailure);
        if (!failing) return StoreHealth.UP;
        return new StoreHealth(true, Duration.ZERO, "introspection: the last look-up failed: " + lastFailure);
    }
}
