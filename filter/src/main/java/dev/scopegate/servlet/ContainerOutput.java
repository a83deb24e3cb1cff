package dev.scopegate.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The container's end of a response's body: its stream, or its writer from the moment the application has asked for that. */
final class ContainerOutput {
    private final HttpServletResponse response;
    private @Nullable ServletOutputStream stream;

    ContainerOutput(HttpServletResponse response) {
        this.response = response;
    }

    HttpServletResponse response() {
        return response;
    }

    /** The container's writer; bytes that come past it are decoded into it. */
    PrintWriter writer() throws IOException {
        PrintWriter writer = response.getWriter();
        stream = new DecodedOutput(writer, Charset.forName(response.getCharacterEncoding()));
        return writer;
    }

    ServletOutputStream stream() throws IOException {
        ServletOutputStream present = stream;
        if (present == null) {
            present = response.getOutputStream();
            stream = present;
        }
        return present;
    }

    /** The response was reset: the application may ask for the other of the two. */
    void forget() {
        stream = null;
    }
}
