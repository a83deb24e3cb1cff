package dev.scopegate.export;

/**
 * An account and the most that its window may hold.
 *
 * @param max 0 or more; {@link Long#MAX_VALUE} where it is only counted
 */
public record ExportClaim(ExportAccount account, long max) {}
