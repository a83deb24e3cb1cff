package dev.scopegate.export;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes on when a test says so; safe for any number of threads that read it. */
final class SetClock extends Clock {
    private final Instant start;
    private volatile Instant now;

    SetClock(Instant start) {
        this.start = start;
        now = start;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** The same clock as {@link System#nanoTime} would show it. */
    long nanoTime() {
        return Duration.between(start, now).toNanos();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
