package dev.scopegate.jaxrs;

import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.ExportStopped;
import dev.scopegate.export.MeteredResponse;
import dev.scopegate.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts the body of a limited resource method: innermost, so before any content coding, and the records of what the method
 * returned. The servlet filter's response holds back and stops what is counted here. Stateless.
 */
@Priority(Integer.MAX_VALUE)
final class ExportInterceptor implements WriterInterceptor, ContainerResponseFilter {
    private static final String METER = "dev.scopegate.jaxrs.meter";
    private static final String RESPONSE = "dev.scopegate.jaxrs.metered";

    /** Leaves for this interceptor what the request filter has begun. */
    static void begin(ContainerRequestContext request, ExportMeter meter, MeteredResponse response) {
        response.arm(meter);
        request.setProperty(METER, meter);
        request.setProperty(RESPONSE, response);
    }

    /** An error's answer is no data. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() < 400) return;
        if (request.getProperty(METER) instanceof ExportMeter meter) meter.countNothing();
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        if (context.getProperty(METER) instanceof ExportMeter meter
                && context.getProperty(RESPONSE) instanceof MeteredResponse response) {
            response.countedAbove();
            countRecords(context, meter);
            declareLength(context, meter);
            context.setOutputStream(new CountedOutput(context.getOutputStream(), meter));
        }
        context.proceed();
    }

    private static void countRecords(WriterInterceptorContext context, ExportMeter meter) throws ExportStopped {
        Object entity = context.getEntity();
        if (entity instanceof Collection<?> all) meter.records(all.size());
        else if (isRecords(entity)) meter.records(Array.getLength(entity));
        else if (entity instanceof Stream<?> stream && isDeclared(context, Stream.class)) {
            context.setEntity(CountedRecords.of(stream, meter));
        } else if (entity instanceof Iterable<?> iterable && isDeclared(context, Iterable.class)) {
            CountedRecords counted = new CountedRecords(iterable, meter);
            context.setEntity(counted);
            context.setType(CountedRecords.class);
        } else {
            meter.countLines(String.valueOf(context.getMediaType()));
        }
    }

    private static boolean isRecords(@Nullable Object entity) {
        if (entity == null || !entity.getClass().isArray()) return false;
        Class<?> component = entity.getClass().getComponentType();
        return component != byte.class && component != char.class;
    }

    /** Whether the method says that it returns this, and not a type of its own, which a writer of its own may expect. */
    private static boolean isDeclared(WriterInterceptorContext context, Class<?> type) {
        Type declared = context.getGenericType();
        if (declared instanceof ParameterizedType of) declared = of.getRawType();
        return type.equals(declared) || (declared instanceof Class<?> own && own.isAnonymousClass());
    }

    private static void declareLength(WriterInterceptorContext context, ExportMeter meter) throws ExportStopped {
        long length = -1;
        if (context.getEntity() instanceof byte[] bytes) length = bytes.length;
        else if (context.getEntity() instanceof File file) length = file.length();
        else if (context.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING) == null) {
            length = number(context.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH));
        }
        if (length > 0) meter.declareLength(length);
        Problem problem = meter.stopped();
        if (problem != null) throw new ExportStopped(problem);
    }

    private static long number(@Nullable Object header) {
        try {
            return header == null ? -1 : Long.parseLong(header.toString());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
