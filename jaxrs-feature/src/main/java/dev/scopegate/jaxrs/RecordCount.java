package dev.scopegate.jaxrs;

import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.ExportStopped;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The records of what a limited method returns. One whose size is known counts at once; a stream, an iterator or an iterable
 * counts as its writer takes from it. A type of the application's own, which its writer may insist on, is gone over
 * beforehand; where even that cannot be, the method fails, since nothing is let out uncounted.
 */
final class RecordCount {
    private static final String JSON_TREE = "com.fasterxml.jackson.databind.node.";

    private final WriterInterceptorContext context;
    private final ExportMeter meter;

    RecordCount(WriterInterceptorContext context, ExportMeter meter) {
        this.context = context;
        this.meter = meter;
    }

    /** Counts what the entity holds, or sees to it that it is counted when it is written. */
    void begin() throws ExportStopped {
        Object entity = context.getEntity();
        if (entity instanceof Collection<?> all) meter.records(all.size());
        else if (isArray(entity)) meter.records(Array.getLength(entity));
        else if (entity instanceof BaseStream<?, ?> stream) replace(counted(stream));
        else if (entity instanceof Iterable<?> each && isOfRecords(each)) count(each);
        else if (entity instanceof Iterator<?> each) replaceIterator(each);
        else meter.countLines(String.valueOf(context.getMediaType()));
    }

    private static boolean isArray(Object entity) {
        Class<?> component = entity == null ? null : entity.getClass().getComponentType();
        return component != null && component != byte.class && component != char.class;
    }

    /** A path's names and a JSON object's values are no records. */
    private static boolean isOfRecords(Iterable<?> each) {
        String type = each.getClass().getName();
        return !(each instanceof Path) && !(type.startsWith(JSON_TREE) && !type.endsWith("ArrayNode"));
    }

    private BaseStream<?, ?> counted(BaseStream<?, ?> stream) {
        if (stream instanceof IntStream each) return each.peek(one -> record());
        if (stream instanceof LongStream each) return each.peek(one -> record());
        if (stream instanceof DoubleStream each) return each.peek(one -> record());
        if (stream instanceof Stream<?> each) return CountedRecords.of(each, meter);
        throw uncountable();
    }

    private void record() {
        try {
            meter.record();
        } catch (ExportStopped e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The writer was chosen for the type that the context names, so what takes its place must do for it. */
    private void replace(Object counted) {
        Class<?> expected = context.getType();
        if (!isAnybodys(expected) && !expected.isInstance(counted)) throw uncountable();
        context.setEntity(counted);
    }

    private void replaceIterator(Iterator<?> each) {
        if (!isAnybodys(context.getType())) throw uncountable();
        context.setEntity(CountedRecords.over(each, meter));
        context.setType(Iterator.class);
    }

    private void count(Iterable<?> each) throws ExportStopped {
        if (isAnybodys(each.getClass()) || isDeclaredAsIterable()) {
            context.setEntity(new CountedRecords(each, meter));
            context.setType(CountedRecords.class);
            return;
        }
        long records = 0;
        for (Iterator<?> all = each.iterator(); all.hasNext(); all.next()) records++;
        meter.records(records);
        if (each.iterator().hasNext() != records > 0) throw uncountable();
    }

    private boolean isDeclaredAsIterable() {
        Type declared = context.getGenericType();
        return Iterable.class.equals(declared instanceof ParameterizedType of ? of.getRawType() : declared);
    }

    /** Whether no writer can be made for this very class: it has no name of its own, or is the JDK's. */
    private static boolean isAnybodys(Class<?> type) {
        return type.isHidden()
                || type.isSynthetic()
                || type.isAnonymousClass()
                || type.getName().startsWith("java.");
    }

    private static IllegalStateException uncountable() {
        return new IllegalStateException("the records of an export limited method's entity cannot be counted: return a"
                + " Collection, Stream or Iterable, or a StreamingOutput that calls ExportMeter.record()");
    }
}
