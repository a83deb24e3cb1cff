package dev.scopegate.export;

/**
 * What one sum is kept for: a resource, a subject, a unit and a kind of window.
 *
 * @param resource the canonical name
 * @param subject what kind of subject
 * @param subjectId an owner's name or a token's id; empty for everyone
 * @param owner whose export it is, for lists; empty for everyone
 * @param unit what is counted
 * @param per the kind of window; never RESPONSE, which no ledger keeps
 */
public record ExportAccount(
        String resource,
        ExportLimit.Subject subject,
        String subjectId,
        String owner,
        ExportLimit.Unit unit,
        ExportLimit.Per per) {
    public ExportAccount {
        if (per == ExportLimit.Per.RESPONSE) throw new IllegalArgumentException("a response has no account");
    }

    /** A text that differs for any two accounts: the same on every node, and the order in which rows are locked. */
    public String key() {
        return unit.wireName()
                + ' '
                + per.wireName()
                + ' '
                + subject.wireName()
                + ' '
                + resource.length()
                + ' '
                + resource
                + ' '
                + subjectId;
    }
}
