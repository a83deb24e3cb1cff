package dev.scopegate.sample.hub;

import dev.scopegate.sample.data.Dataset;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset is called now.
 *
 * @param version 1 at first, one more with each release
 * @param updatedAt when it was last changed; null: never
 */
public record Edition(
        String title,
        String description,
        int version,
        @Nullable Instant updatedAt) {
    static Edition first(Dataset dataset) {
        return new Edition(dataset.about().title(), dataset.about().description(), 1, null);
    }

    /** This with another title or description; null keeps the present one. */
    public Edition retitled(@Nullable String newTitle, @Nullable String newDescription, Instant at) {
        return new Edition(
                newTitle == null ? title : newTitle,
                newDescription == null ? description : newDescription,
                version,
                at);
    }

    /** The next version. */
    public Edition released(Instant at) {
        return new Edition(title, description, version + 1, at);
    }
}
