package dev.scopegate.client;

import java.util.Map;
import java.util.regex.Pattern;

/** A bearer token of the program that runs. Never shows itself: it leaves as a request's header alone. Immutable. */
public final class ApiToken {
    /** The environment variable that holds a program's token. */
    public static final String VARIABLE = "SCOPEGATE_API_TOKEN";

    /** The name of the header that carries the token. */
    static final String HEADER = "Authorization";

    private static final int LONGEST = 8_192;

    /** RFC 6750 §2.1. */
    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/]++=*+");

    private static final String FORM =
            "letters, digits and - . _ ~ + / with nothing but = after them, no blank or line end, at most 8192 characters";

    private final String text;

    private ApiToken(String text) {
        this.text = text;
    }

    /**
     * The token that {@value #VARIABLE} holds.
     *
     * @throws IllegalStateException when the variable is not set, blank, or holds something else
     */
    public static ApiToken fromEnvironment() {
        return from(System.getenv());
    }

    static ApiToken from(Map<String, String> environment) {
        String text = environment.get(VARIABLE);
        if (text == null) {
            throw new IllegalStateException(VARIABLE + " is not set: put the token there that this program is to use");
        }
        if (text.isBlank()) throw new IllegalStateException(VARIABLE + " is blank: it has to hold a token");
        if (!isToken(text)) throw new IllegalStateException(VARIABLE + " does not hold a bearer token: " + FORM);
        return new ApiToken(text);
    }

    /**
     * A token from elsewhere.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static ApiToken of(String text) {
        if (!isToken(text)) throw new IllegalArgumentException("this is no bearer token: " + FORM);
        return new ApiToken(text);
    }

    private static boolean isToken(String text) {
        return text.length() <= LONGEST && B64TOKEN.matcher(text).matches();
    }

    /** The value of the header. */
    String credential() {
        return "Bearer " + text;
    }

    @Override
    public String toString() {
        return "ApiToken[…]";
    }
}
