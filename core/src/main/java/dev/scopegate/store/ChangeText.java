package dev.scopegate.store;

/**
 * A change as kind and subject, the form in which it travels between nodes.
 *
 * @param kind of change; a word without a colon
 * @param subject what it concerns; empty for everything
 */
public record ChangeText(String kind, String subject) {

    public static ChangeText of(TokenChange change) {
        if (change instanceof TokenChange.OfToken one) return new ChangeText("token", one.id());
        if (change instanceof TokenChange.OfParent one) return new ChangeText("parent", one.parent());
        if (change instanceof TokenChange.OfOwner one) return new ChangeText("owner", one.owner());
        if (change instanceof TokenChange.OfJti one) return new ChangeText("jti", one.jti());
        return new ChangeText("everything", "");
    }

    /** One of a kind that this version does not know concerns everything. */
    public TokenChange toChange() {
        return switch (kind) {
            case "token" -> new TokenChange.OfToken(subject);
            case "parent" -> new TokenChange.OfParent(subject);
            case "owner" -> new TokenChange.OfOwner(subject);
            case "jti" -> new TokenChange.OfJti(subject);
            default -> new TokenChange.OfEverything();
        };
    }

    /** What {@link #toString} gave; anything else concerns everything. */
    public static ChangeText parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new ChangeText("everything", "")
                : new ChangeText(text.substring(0, colon), text.substring(colon + 1));
    }

    /** {@code kind:subject}. */
    @Override
    public String toString() {
        return kind + ":" + subject;
    }
}
