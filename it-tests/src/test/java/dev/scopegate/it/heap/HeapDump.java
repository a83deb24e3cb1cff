package dev.scopegate.it.heap;

import dev.scopegate.it.server.ChildJvm;
import dev.scopegate.it.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks at the heap of another Java process. */
public final class HeapDump {
    private HeapDump() {}

    /** Whether this JDK has the program that asks for it. */
    public static boolean isPossible() {
        return Files.isExecutable(Path.of(ChildJvm.program("jcmd")));
    }

    /** Everything alive in the process, in a new file. */
    public static Path of(long pid, Path folder) throws IOException, InterruptedException {
        Path dump = folder.resolve("heap-" + System.nanoTime() + ".hprof");
        jcmd(ChildJvm.program("jcmd"), folder, Long.toString(pid), "GC.heap_dump", dump.toString());
        return dump;
    }

    /** The classes that have objects in a server, a line each. */
    public static String histogram(RunningServer server) throws IOException, InterruptedException {
        ChildJvm jvm = server.jvm();
        String program = server.container().jdk().program("jcmd");
        return jcmd(program, jvm.folder(), Long.toString(jvm.pid()), "GC.class_histogram");
    }

    /** What the JDK's program of that path says of a process. */
    static String jcmd(String program, Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        Path said = folder.resolve("jcmd.log");
        Process jcmd = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!jcmd.waitFor(60, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
            jcmd.destroyForcibly();
            throw new IOException(arguments[1] + " has failed: " + Files.readString(said));
        }
        return Files.readString(said);
    }
}
