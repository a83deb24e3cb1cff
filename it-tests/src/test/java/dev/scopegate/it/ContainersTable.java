package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Holds the table in {@code docs/containers.md} to the containers that have run, which is why the build runs it after them.
 * {@code mvn -Pcontainers verify -Dscopegate-test.write-docs=true} writes the table anew; lines of containers that have not
 * run stay as they are.
 */
final class ContainersTable {
    private static final Path DOCUMENT = Path.of("..", "docs", "containers.md");
    private static final String BEGIN = "<!-- containers: begin -->\n";
    private static final String END = "<!-- containers: end -->\n";

    @Test
    void every_container_that_has_run_stands_in_the_document_as_it_is() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        assertThat(end).as("the marker comments").isGreaterThanOrEqualTo(begin);
        Map<String, ContainerRow> rows = new TreeMap<>();
        document.substring(begin, end)
                .lines()
                .skip(2)
                .map(ContainerRow::parse)
                .forEach(row -> rows.put(row.facts(), row));
        List<ContainerRow> ran = ContainerRow.ofThisBuild();

        if (Boolean.getBoolean("scopegate-test.write-docs")) {
            ran.forEach(row -> rows.put(row.facts(), row));
            StringBuilder table = new StringBuilder(ContainerRow.HEAD);
            rows.values().forEach(row -> table.append(row).append('\n'));
            Files.writeString(DOCUMENT, document.substring(0, begin) + table + document.substring(end));
            return;
        }
        assertThat(rows.keySet())
                .containsAll(ran.stream().map(ContainerRow::facts).toList());
        assertThat(rows.values()).allMatch(ContainerRow::isGreen);
    }
}
