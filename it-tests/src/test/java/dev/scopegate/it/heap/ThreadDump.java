package dev.scopegate.it.heap;

import dev.scopegate.it.server.ChildJvm;
import dev.scopegate.it.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What the threads of a server are doing, virtual ones too; for servers on JDK 21 or later. */
public final class ThreadDump {
    private static final Pattern BLANK_LINE = Pattern.compile("\\R\\R");

    private ThreadDump() {}

    /**
     * A thread and where it is.
     *
     * @param text its number and name, {@code virtual} if it is that, and its frames, a line each
     */
    public record Entry(String text) {
        public boolean isVirtual() {
            return text.matches("(?s)#\\d+ \"[^\"\n]*\" virtual\\b.*");
        }

        public boolean isIn(String method) {
            return text.contains(method + "(");
        }
    }

    public static List<Entry> of(RunningServer server) throws IOException, InterruptedException {
        ChildJvm jvm = server.jvm();
        String program = server.container().jdk().program("jcmd");
        Path file = jvm.folder().resolve("threads.txt");
        String[] arguments = {Long.toString(jvm.pid()), "Thread.dump_to_file", "-overwrite", file.toString()};
        String unused = HeapDump.jcmd(program, jvm.folder(), arguments);
        return BLANK_LINE
                .splitAsStream(Files.readString(file))
                .filter(block -> block.startsWith("#"))
                .map(Entry::new)
                .toList();
    }
}
