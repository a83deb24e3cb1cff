package dev.scopegate.it.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.scopegate.it.server.Await;
import dev.scopegate.it.server.ChildJvm;
import dev.scopegate.it.server.TestFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class HeapSearchTest {

    @Test
    void finds_a_secret_wherever_our_objects_keep_it_and_leaves_threads_alone() throws Exception {
        assumeTrue(HeapDump.isPossible() || System.getenv("CI") != null, "this JDK has no jcmd");
        Path folder = TestFiles.emptyFolder("planted-secret");
        List<String> command = List.of("-cp", TestFiles.testClasses().toString(), PlantedSecret.class.getName());
        Path dump;
        Map<String, String> secrets;
        try (ChildJvm jvm = ChildJvm.start(folder, command)) {
            Await.until(
                    "the secrets are planted",
                    Duration.ofSeconds(20),
                    () -> jvm.out().contains("planted\n"));
            secrets = secrets(jvm.out());
            dump = HeapDump.of(jvm.pid(), folder);
        }
        Map<String, List<String>> ways = new TreeMap<>();
        HeapSearch.Result result = HeapSearch.in(dump, secrets.values());
        secrets.forEach((where, secret) -> ways.put(where, result.waysTo(List.of(secret))));
        Files.delete(dump);

        assertThat(ways).containsOnlyKeys("latin1", "utf16", "chars", "builder", "soft", "lambda", "static", "thread");
        assertThat(ways.remove("thread")).as("a thread belongs to the server").isEmpty();
        assertThat(ways).allSatisfy((where, way) -> assertThat(way).as(where).isNotEmpty());
        assertThat(ways.get("static").get(0)).startsWith("static dev.scopegate.it.heap.PlantedSecret.STATIC -> ");
        assertThat(ways.get("chars"))
                .containsExactly("dev.scopegate.it.heap.PlantedSecret -> dev.scopegate.it.heap.PlantedSecret.chars");
    }

    private static Map<String, String> secrets(String out) {
        Map<String, String> secrets = new TreeMap<>();
        out.lines().filter(line -> line.contains(" ")).forEach(line -> {
            int blank = line.indexOf(' ');
            secrets.put(line.substring(0, blank), line.substring(blank + 1));
        });
        return secrets;
    }
}
