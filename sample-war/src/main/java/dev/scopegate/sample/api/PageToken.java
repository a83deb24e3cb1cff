package dev.scopegate.sample.api;

import dev.scopegate.sample.data.Dataset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page of a list begins: after the last item of the page before, whatever has come or gone since. */
final class PageToken {
    private static final String MARK = "after ";

    private PageToken() {}

    static String after(Dataset last) {
        byte[] text = (MARK + last.id()).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /** The id that the token holds; null when it is none of ours. */
    static @Nullable String read(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String id = text.substring(Math.min(MARK.length(), text.length()));
            return text.startsWith(MARK) && Dataset.isId(id) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
