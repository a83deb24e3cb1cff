package dev.scopegate.export;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.token.AccessToken;
import org.jspecify.annotations.Nullable;

/**
 * What became of one limited response.
 *
 * @param token whose export it was
 * @param resource the canonical name
 * @param policy the one that held at its end; null when the resource has none
 * @param from where it went
 * @param left how much of the resource was sent
 * @param code the code of the refusal or of what cut it short, or in {@link ExportPolicy.Mode#OBSERVE} what would have; null
 *     for a response within its limits
 */
public record ExportOutcome(
        AccessToken token,
        String resource,
        @Nullable ExportPolicy policy,
        ClientAddress from,
        Amount left,
        @Nullable String code) {}
