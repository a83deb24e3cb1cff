package dev.scopegate.jaxrs;

import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.ExportStopped;
import dev.scopegate.problem.Problem;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lets through as much of a body as its meter allows. */
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
        int allowed = meter.take(bytes, offset, length);
        if (allowed > 0) out.write(bytes, offset, allowed);
        Problem problem = allowed < length ? meter.stopped() : null;
        if (problem != null) throw new ExportStopped(problem);
    }
}
