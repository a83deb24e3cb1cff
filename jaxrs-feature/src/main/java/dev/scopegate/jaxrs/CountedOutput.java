package dev.scopegate.jaxrs;

import dev.scopegate.export.ExportMeter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lets a body through, write by write, while its meter allows. */
final class CountedOutput extends FilterOutputStream {
    private final ExportMeter meter;

    CountedOutput(OutputStream out, ExportMeter meter) {
        super(out);
        this.meter = meter;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        meter.takeAll(bytes, offset, length);
        out.write(bytes, offset, length);
    }
}
