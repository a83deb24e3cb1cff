package dev.scopegate.export;

import dev.scopegate.problem.Unavailable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the nodes of a service sum up what has left, so that the sum over all of them never exceeds a limit. Its own clock
 * alone decides which window is running. Safe for any number of threads.
 *
 * <p>A call whose fate is unknown throws {@link Unavailable} and is never repeated: what it may have leased stays spent
 * until the window ends.
 */
public interface ExportLedger {
    /**
     * Settles a lease and asks for the next one, at once or not at all: the same amount from every account, by its unit, or
     * nothing from any.
     *
     * @param claims the accounts to lease from, no two the same; none: all is granted
     * @param wanted what would be useful; less is granted when less is left, or little ({@link LeaseSize})
     * @param least what is useful at least; a claim with less left breaks the request
     * @param previous a lease to settle first, whatever the answer; null for none
     * @param used what was used of the previous one
     * @throws Unavailable when the ledger cannot tell; the previous lease stays spent
     */
    LeaseAnswer lease(
            List<ExportClaim> claims, Amount wanted, Amount least, @Nullable ExportLease previous, Amount used)
            throws Unavailable;

    /** Gives back what was not used of a lease; once for each lease. */
    void settle(ExportLease lease, Amount used) throws Unavailable;

    /** How accounts stand now, in the order of the claims. */
    List<ExportStanding> standings(List<ExportClaim> claims) throws Unavailable;

    /**
     * The accounts that something has been spent from in their running windows, in the order of their keys; each claim's max
     * is {@link Long#MAX_VALUE}, since the policies know that.
     *
     * @param owner whose, those of everyone included; null: all
     */
    List<ExportStanding> usage(@Nullable String owner) throws Unavailable;
}
