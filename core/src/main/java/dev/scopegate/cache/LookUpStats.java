package dev.scopegate.cache;

import java.time.Duration;

/**
 * The look-ups that a cache has made since it began.
 *
 * @param count how many, in the background and past the cache too
 * @param failures how many of them the store did not answer
 * @param time how long all of them took together
 */
public record LookUpStats(long count, long failures, Duration time) {}
