package dev.scopegate.jaxrs;

import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.ExportStopped;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Records that are counted one by one as they are taken to be written. */
final class CountedRecords implements Iterable<Object> {
    private final Iterable<?> records;
    private final ExportMeter meter;

    CountedRecords(Iterable<?> records, ExportMeter meter) {
        this.records = records;
        this.meter = meter;
    }

    static Stream<Object> of(Stream<?> records, ExportMeter meter) {
        UnaryOperator<Object> counted = record -> counted(record, meter);
        return records.map(counted);
    }

    private static Object counted(Object record, ExportMeter meter) {
        try {
            meter.record();
            return record;
        } catch (ExportStopped e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Iterator<Object> iterator() {
        return over(records.iterator(), meter);
    }

    static Iterator<Object> over(Iterator<?> each, ExportMeter meter) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public Object next() {
                return counted(each.next(), meter);
            }
        };
    }
}
