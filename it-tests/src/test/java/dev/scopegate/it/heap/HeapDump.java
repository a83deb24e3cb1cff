package dev.scopegate.it.heap;

import dev.scopegate.it.server.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Takes the heap dump of another Java process. */
public final class HeapDump {
    private HeapDump() {}

    /** Whether this JDK has the program that asks for it. */
    public static boolean isPossible() {
        return Files.isExecutable(Path.of(ChildJvm.program("jcmd")));
    }

    /** Everything alive in the process, in a new file. */
    public static Path of(long pid, Path folder) throws IOException, InterruptedException {
        Path dump = folder.resolve("heap-" + System.nanoTime() + ".hprof");
        Process jcmd = new ProcessBuilder(ChildJvm.program("jcmd"), Long.toString(pid), "GC.heap_dump", dump.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "jcmd.log"))
                .start();
        if (!jcmd.waitFor(60, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
            jcmd.destroyForcibly();
            throw new IOException("no heap dump: " + Files.readString(folder.resolve("jcmd.log")));
        }
        return dump;
    }
}
