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
import org.jspecify.annotations.Nullable;

/**
 * Counts the body of a limited resource method: innermost, so before any content coding, and the records of what the method
 * returned. The servlet filter's response holds back and stops what is counted here. Stateless.
 */
@Priority(Integer.MAX_VALUE)
final class ExportInterceptor implements WriterInterceptor, ContainerResponseFilter {
    private static final String METER = "dev.scopegate.jaxrs.meter";
    private static final String RESPONSE = "dev.scopegate.jaxrs.metered";

    /**
     * Leaves for this interceptor what the request filter has begun. A response that a servlet limits already goes on being
     * counted where that servlet's own bytes are.
     */
    static void begin(ContainerRequestContext request, ExportMeter meter, MeteredResponse response) {
        ExportMeter counting = response.arm(meter);
        request.setProperty(METER, counting);
        if (counting == meter) request.setProperty(RESPONSE, response);
        else request.removeProperty(RESPONSE); // engines keep it for the next include
    }

    /** An error's answer is no data. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() < 400) return;
        if (request.getProperty(RESPONSE) != null && request.getProperty(METER) instanceof ExportMeter meter) {
            meter.countNothing();
        }
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        if (context.getProperty(METER) instanceof ExportMeter meter) count(context, meter);
        context.proceed();
    }

    private static void count(WriterInterceptorContext context, ExportMeter meter) throws IOException {
        MeteredResponse response = context.getProperty(RESPONSE) instanceof MeteredResponse own ? own : null;
        if (response != null) response.countedAbove();
        new RecordCount(context, meter).begin();
        if (response == null) return;
        declareLength(context, meter);
        context.setOutputStream(new CountedOutput(context.getOutputStream(), meter));
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
