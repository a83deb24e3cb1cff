package dev.scopegate.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a store keeps of a refresh token beside its row: where it belongs, and what it was exchanged for.
 *
 * @param refreshId the refresh token's id
 * @param accessId the id of the access token that was given out with it
 * @param family what all that came of one authentication shares
 * @param expiresAt when the refresh token expires, and this can be forgotten
 * @param redeemedAt when it was exchanged; null: not yet
 * @param sealedAnswer what it was exchanged for, encrypted so that only the refresh token opens it; null: not, or no more
 */
public record Grant(
        String refreshId,
        String accessId,
        String family,
        Instant expiresAt,
        @Nullable Instant redeemedAt,
        @Nullable String sealedAnswer) {
    /** A grant that is not redeemed. */
    public static Grant of(String refreshId, String accessId, String family, Instant expiresAt) {
        return new Grant(refreshId, accessId, family, expiresAt, null, null);
    }

    /** The same, exchanged for what the text holds. */
    public Grant redeemed(Instant at, String sealed) {
        return new Grant(refreshId, accessId, family, expiresAt, at, sealed);
    }

    /** The same, without what it was exchanged for. */
    public Grant withoutAnswer() {
        return new Grant(refreshId, accessId, family, expiresAt, redeemedAt, null);
    }

    /** Never the sealed answer. */
    @Override
    public String toString() {
        return "Grant[" + refreshId + ", family " + family + (redeemedAt == null ? "]" : ", redeemed]");
    }
}
