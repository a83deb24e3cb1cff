package dev.scopegate.export;

import dev.scopegate.event.AuditOutcome;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.token.AccessToken;
import org.jspecify.annotations.Nullable;

/**
 * What became of one limited response.
 *
 * @param token whose export it was
 * @param resource the canonical name
 * @param policy the one that held at its end; null when the resource has none, or none could be read
 * @param from where it went
 * @param left how much of the resource was sent
 * @param how success; refused, also where it was cut short; observed, where it went through and {@link
 *     ExportPolicy.Mode#ENFORCE} would have refused it; unavailable, where a ledger or a store of policies did not answer
 * @param code the code of the refusal, or of the one that would have been; null for a response within its limits
 */
public record ExportOutcome(
        AccessToken token,
        String resource,
        @Nullable ExportPolicy policy,
        ClientAddress from,
        Amount left,
        AuditOutcome how,
        @Nullable String code) {}
