package dev.scopegate.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/** Hands bytes to a writer that encodes them again: where the limit comes after the container's writer was asked for. */
final class DecodedOutput extends ServletOutputStream {
    private static final int CHARS = 2_048;

    private final PrintWriter writer;
    private final CharsetDecoder decoder;
    private final CharBuffer chars = CharBuffer.allocate(CHARS);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    DecodedOutput(PrintWriter writer, Charset charset) {
        this.writer = writer;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        ByteBuffer all = ByteBuffer.wrap(bytes, offset, length);
        if (rest.hasRemaining()) {
            all = ByteBuffer.allocate(rest.remaining() + length)
                    .put(rest)
                    .put(all)
                    .flip();
        }
        boolean more = true;
        while (more) {
            more = decoder.decode(all, chars, false).isOverflow();
            chars.flip();
            writer.append(chars);
            chars.clear();
        }
        byte[] begun = new byte[all.remaining()]; // of a character whose end is still to come
        all.get(begun);
        rest = ByteBuffer.wrap(begun);
    }

    @Override
    public void flush() throws IOException {
        if (writer.checkError()) throw new IOException("the response's writer has failed");
    }

    @Override
    public void close() {
        writer.close();
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new IllegalStateException("the response's writer is in use");
    }
}
