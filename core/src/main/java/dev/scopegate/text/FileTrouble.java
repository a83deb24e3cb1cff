package dev.scopegate.text;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is wrong with a file, for error sentences: the JDK's own message is often the path and nothing more. Stateless. */
public final class FileTrouble {
    private FileTrouble() {}

    /** The end of a sentence such as {@code "… cannot be read: "}. */
    public static String of(Exception e) {
        if (e instanceof NoSuchFileException) return "there is no such file or folder";
        if (e instanceof AccessDeniedException) return "this process has no right to";
        if (e instanceof FileSystemException file && file.getReason() == null) {
            return e.getClass().getSimpleName();
        }
        return String.valueOf(e.getMessage());
    }
}
