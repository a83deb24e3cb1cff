package dev.scopegate.it;

import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.Product;
import dev.scopegate.it.server.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of the table in {@code docs/containers.md}: what one container has made of the requests.
 *
 * @param facts what it is, which hold in every run
 * @param isGreen whether every row was answered as it says
 * @param figures what this run has found
 */
record ContainerRow(String facts, boolean isGreen, String figures) {
    static final String HEAD = """
            | container | version | Servlet | JAX-RS | JDK | requests as expected | first answer | all |
            |---|---|---|---|---|---|---|---|
            """;

    static ContainerRow of(Container container, int green, int rows, Duration start, Duration all) {
        Product product = container.product();
        boolean virtual = container.name().endsWith("-virtual");
        String jdk = container.jdk().feature() + (virtual ? ", virtual threads" : "");
        List<String> facts = List.of(product.title(), product.version(), product.servlet(), "" + product.engine(), jdk);
        String figures = "%d of %d | %d s | %d s".formatted(green, rows, start.toSeconds(), all.toSeconds());
        return new ContainerRow("| " + String.join(" | ", facts) + " | ", green == rows, figures);
    }

    static ContainerRow parse(String line) {
        String[] cells = line.split(" \\| ", -1);
        int facts = line.indexOf(cells[5], line.indexOf(cells[4]) + cells[4].length());
        String figures = line.substring(facts, line.length() - " |".length());
        String[] counts = cells[5].split(" of ", -1);
        return new ContainerRow(line.substring(0, facts), counts[0].equals(counts[1]), figures);
    }

    /** Leaves the line where {@link ContainersTable} finds it. */
    void write() throws IOException {
        Files.writeString(folder().resolve(Integer.toHexString(facts.hashCode())), toString());
    }

    /** The lines that the containers of this build have left. */
    static List<ContainerRow> ofThisBuild() throws IOException {
        List<ContainerRow> rows = new ArrayList<>();
        for (Path file : TestFiles.filesIn(folder())) rows.add(parse(Files.readString(file)));
        return rows;
    }

    private static Path folder() throws IOException {
        return Files.createDirectories(
                TestFiles.testClasses().resolveSibling("it").resolve("table"));
    }

    @Override
    public String toString() {
        return facts + figures + " |";
    }
}
