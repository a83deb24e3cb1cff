package dev.scopegate.store;

import java.time.Instant;

/**
 * That a token was let in.
 *
 * @param id the token's
 * @param at when
 * @param ip from which address, in canonical form
 */
public record TokenUse(String id, Instant at, String ip) {}
