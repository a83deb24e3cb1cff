package dev.scopegate.sample.hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sign-in form as HTML, without scripts and without anything from elsewhere. */
final class LoginPage {
    private static final String STYLE = """
            :root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif;--main:#0b57d0;--on-main:#fff;--bad:#b3261e}
            @media (prefers-color-scheme:dark){:root{--main:#a8c7fa;--on-main:#062e6f;--bad:#f2b8b5}}
            body{max-width:22rem;margin:10vh auto;padding:0 1rem;overflow-wrap:break-word}
            h1{line-height:1.2;margin:0 0 1.5rem}
            label{display:block;margin:1rem 0 .25rem}
            input,button{font:inherit;width:100%;box-sizing:border-box;padding:.6rem;border:1px solid;border-radius:.3rem}
            input{border-color:GrayText}
            button{margin-top:1.5rem;background:var(--main);border-color:var(--main);color:var(--on-main);cursor:pointer}
            :focus-visible{outline:3px solid var(--main);outline-offset:2px}
            .hub{margin:0}
            [role=alert]{border-left:4px solid;color:var(--bad);padding-left:.75rem}
            """;

    /** What the page is sent with: nothing is loaded, nobody frames it, and no cache keeps it. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
                    + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private LoginPage() {}

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A place inside the application to go on to; null for none, and for what could lead elsewhere. */
    static @Nullable String place(@Nullable String next) {
        boolean inside =
                next != null && next.length() <= 2_000 && next.matches("/(?![/\\\\])[\\w.~!$&'()*+,;=:@%/?-]*");
        return inside ? next : null;
    }

    /** The form; what is said stands above it, and whoever has given a name goes on at the password. */
    static String form(String context, String csrf, @Nullable String said, @Nullable String next, String name) {
        return page(
                "Sign in",
                (said == null ? "" : "<p role=\"alert\">" + escaped(said) + "</p>\n")
                        + """
                <form method="post" action="%s/login">
                <input type="hidden" name="csrf" value="%s">
                %s<label for="username">Name</label>
                <input id="username" name="username" value="%s" autocomplete="username" autocapitalize="none" required%s>
                <label for="password">Password</label>
                <input id="password" name="password" type="password" autocomplete="current-password" required%s>
                <button type="submit">Sign in</button>
                </form>
                """.formatted(
                                        escaped(context),
                                        csrf,
                                        next == null ? "" : hidden(next),
                                        escaped(name),
                                        name.isEmpty() ? " autofocus" : "",
                                        name.isEmpty() ? "" : " autofocus"));
    }

    private static String hidden(String next) {
        return "<input type=\"hidden\" name=\"next\" value=\"" + escaped(next) + "\">\n";
    }

    /** What somebody sees who is signed in. */
    static String signedIn(String context, String csrf, String name) {
        return page("Signed in", """
                <p>You are signed in as <strong>%s</strong>.</p>
                <form method="post" action="%s/logout">
                <input type="hidden" name="csrf" value="%s">
                <button type="submit">Sign out</button>
                </form>
                """.formatted(escaped(name), escaped(context), csrf));
    }

    private static String page(String title, String body) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s · Open-data hub</title>
                <style>%2$s</style>
                </head>
                <body>
                <main>
                <p class="hub">Open-data hub</p>
                <h1>%1$s</h1>
                %3$s</main>
                </body>
                </html>
                """.formatted(title, STYLE, body);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
