package dev.scopegate.token;

/**
 * A token at the moment of its birth: the facts that are kept, and the plain text that leaves once. Hold it no longer
 * than the answer that shows it takes.
 */
public final class NewToken {
    private final AccessToken facts;
    private final BearerToken plain;

    public NewToken(AccessToken facts, BearerToken plain) {
        this.facts = facts;
        this.plain = plain;
    }

    public AccessToken facts() {
        return facts;
    }

    /** The hash that is stored. */
    public SecretHash hash() {
        return plain.hash();
    }

    /** The token itself, for the one answer that shows it. */
    public String reveal() {
        return plain.reveal();
    }

    /** Kind and id; never the secret. */
    @Override
    public String toString() {
        return "new " + plain;
    }
}
