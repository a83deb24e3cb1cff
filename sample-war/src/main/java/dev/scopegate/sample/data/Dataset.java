package dev.scopegate.sample.data;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One dataset of the hub: what it is called, under which licence it stands, and its rows. Never changes. */
public final class Dataset {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final String id;
    private final About about;
    private final Openness openness;
    private final Table table;
    private @Nullable List<Statistics> statistics;

    /** How much of a dataset everybody may see. */
    public enum Openness {
        /** All of it. */
        OPEN,
        /** That it exists and what its variables are, but no rows. */
        DATA_CLOSED,
        /** Nothing; not even that it exists. */
        HIDDEN
    }

    /**
     * What people read about a dataset.
     *
     * @param licence its SPDX identifier
     * @param source where it comes from and whom to cite
     */
    public record About(String title, String description, String licence, String licenceUrl, String source) {}

    Dataset(String id, About about, Openness openness, Table table) {
        if (!isId(id)) throw new IllegalArgumentException("a dataset's id is lower case letters, digits and hyphens");
        this.id = id;
        this.about = about;
        this.openness = openness;
        this.table = table;
    }

    /** Whether a dataset could have this id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    public String id() {
        return id;
    }

    public About about() {
        return about;
    }

    public Openness openness() {
        return openness;
    }

    public Table table() {
        return table;
    }

    /** The summary of each variable, in the table's order; reads all rows when it is first asked for. */
    public synchronized List<Statistics> statistics() {
        if (statistics == null) statistics = Statistics.of(table);
        return statistics;
    }
}
