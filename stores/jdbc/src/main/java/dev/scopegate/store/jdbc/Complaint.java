package dev.scopegate.store.jdbc;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** What a database says about a start that failed, in one line. */
final class Complaint {
    private static final Pattern URL = Pattern.compile("jdbc:\\S*");

    private Complaint() {}

    /** The innermost words of a driver; without a URL, which may hold a password. */
    static String of(Throwable failure) {
        String words = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (words == null || cause instanceof SQLException) words = cause.getMessage();
        }
        if (words == null || words.isBlank()) return failure.getClass().getSimpleName();
        String line = words.strip().lines().findFirst().orElse("");
        return URL.matcher(line).replaceAll("jdbc:…");
    }
}
