package dev.scopegate.engines;

import dev.scopegate.annotation.ExportLimited;
import dev.scopegate.export.ExportMeter;
import dev.scopegate.jaxrs.ScopegateFeature;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** An application that gives out {@code n} bytes, or {@code n} records of ten bytes each, in every way there is. */
public class Export extends Application {
    static final String RECORD = "123456789\n";

    static final Set<Class<?>> PARTS = Set.of(Data.class, Lines.class, Zip.class);

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ScopegateFeature.class, Data.class, Lines.class, Zip.class);
    }

    /** What is limited. */
    @Path("data")
    @Produces(MediaType.TEXT_PLAIN)
    @ExportLimited("dataset:a")
    public static class Data {
        @GET
        @Path("text")
        public String text(@QueryParam("n") int n) {
            return "x".repeat(n);
        }

        @GET
        @Path("bytes")
        public byte[] bytes(@QueryParam("n") int n) {
            return new byte[n];
        }

        @GET
        @Path("response")
        public Response response(@QueryParam("n") int n) {
            return Response.ok("x".repeat(n)).header("X-Own", "kept").build();
        }

        @GET
        @Path("input")
        public InputStream input(@QueryParam("n") int n) {
            return new ByteArrayInputStream(new byte[n]);
        }

        @GET
        @Path("file")
        public java.io.File file(@QueryParam("n") int n) throws IOException {
            java.nio.file.Path file = Files.createTempFile("export", ".txt");
            file.toFile().deleteOnExit();
            return Files.write(file, new byte[n]).toFile();
        }

        @GET
        @Path("streaming")
        public StreamingOutput streaming(@QueryParam("n") int n) {
            return out -> {
                for (int left = n; left > 0; left -= 70) {
                    out.write(new byte[Math.min(70, left)]);
                    out.flush();
                }
            };
        }

        @GET
        @Path("suspended")
        public void suspended(@QueryParam("n") int n, @Suspended AsyncResponse response) {
            ForkJoinPool.commonPool().execute(() -> response.resume("x".repeat(n)));
        }

        @GET
        @Path("completed")
        public CompletionStage<String> completed(@QueryParam("n") int n) {
            return CompletableFuture.supplyAsync(() -> "x".repeat(n));
        }

        @GET
        @Path("missing")
        public String missing() {
            throw new NotFoundException();
        }

        @GET
        @Path("broken")
        public StreamingOutput broken() {
            return out -> {
                out.write(new byte[100]);
                throw new IllegalStateException("the application fails");
            };
        }

        @GET
        @Path("list")
        public List<String> list(@QueryParam("n") int n) {
            return Collections.nCopies(n, RECORD);
        }

        @GET
        @Path("array")
        public String[] array(@QueryParam("n") int n) {
            return list(n).toArray(new String[0]);
        }

        @GET
        @Path("iterable")
        public Iterable<String> iterable(@QueryParam("n") int n) {
            return () -> list(n).iterator();
        }

        @GET
        @Path("stream")
        public Stream<String> stream(@QueryParam("n") int n) {
            return IntStream.range(0, n).mapToObj(i -> RECORD);
        }

        @GET
        @Path("response-stream")
        public Response responseStream(@QueryParam("n") int n) {
            return Response.ok(list(n).stream()).build();
        }

        @GET
        @Path("response-iterable")
        public Response responseIterable(@QueryParam("n") int n) {
            return Response.ok(iterable(n)).build();
        }

        @GET
        @Path("object")
        public Object object(@QueryParam("n") int n) {
            return list(n).stream();
        }

        @GET
        @Path("iterator")
        public Iterator<String> iterator(@QueryParam("n") int n) {
            return list(n).iterator();
        }

        @GET
        @Path("own")
        public Own own(@QueryParam("n") int n) {
            return new Own(list(n));
        }

        @GET
        @Path("once")
        public Response once(@QueryParam("n") int n) {
            Iterator<String> one = list(n).iterator();
            return Response.ok(new Once(one)).build();
        }

        @GET
        @Path("csv")
        @Produces("text/csv;header=absent")
        public StreamingOutput csv(@QueryParam("n") int n) {
            return out -> {
                for (String line : list(n)) out.write(line.getBytes(StandardCharsets.US_ASCII));
            };
        }

        @GET
        @Path("recording")
        public StreamingOutput recording(@QueryParam("n") int n, @Context HttpServletRequest request) {
            ExportMeter meter = ExportMeter.current(request::getAttribute);
            return out -> {
                for (int i = 0; i < n; i++) {
                    meter.record();
                    out.write(RECORD.getBytes(StandardCharsets.US_ASCII));
                }
            };
        }

        @GET
        @Path("ndjson")
        @Produces("application/x-ndjson")
        public String ndjson(@QueryParam("n") int n) {
            return RECORD.repeat(n);
        }

        @GET
        @Path("reserving")
        public String reserving(@QueryParam("n") int n, @Context HttpServletRequest request) throws IOException {
            ExportMeter.current(request::getAttribute).reserve(0, n);
            return "x";
        }

        @GET
        @Path("events")
        @Produces(MediaType.SERVER_SENT_EVENTS)
        public void events(@QueryParam("n") int n, @Context SseEventSink sink, @Context Sse sse) {
            CompletionStage<?> sent = CompletableFuture.completedFuture(null);
            for (int i = 0; i < n; i++) sent = sent.thenCompose(done -> sink.send(sse.newEvent("0123456789")));
            sent.whenComplete((done, failed) -> sink.close());
        }
    }

    /** Records in a type of the application's own. */
    public record Own(List<String> records) implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return records.iterator();
        }
    }

    /** Records that can be gone over only once. */
    public record Once(Iterator<String> iterator) implements Iterable<String> {}

    /** Writes records as lines. */
    @Provider
    @Produces(MediaType.TEXT_PLAIN)
    public static class Lines implements MessageBodyWriter<Object> {
        @Override
        public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
            return Iterable.class.isAssignableFrom(type)
                    || Iterator.class.isAssignableFrom(type)
                    || Stream.class.isAssignableFrom(type)
                    || String[].class.equals(type);
        }

        @Override
        public void writeTo(
                Object records,
                Class<?> type,
                Type generic,
                Annotation[] annotations,
                MediaType media,
                MultivaluedMap<String, Object> headers,
                OutputStream out)
                throws IOException {
            for (Iterator<?> each = each(records); each.hasNext(); ) {
                out.write(each.next().toString().getBytes(StandardCharsets.US_ASCII));
            }
        }

        private static Iterator<?> each(Object records) {
            if (records instanceof Iterator<?> each) return each;
            if (records instanceof Stream<?> stream) return stream.iterator();
            if (records instanceof Object[] array) return List.of(array).iterator();
            return ((Iterable<?>) records).iterator();
        }
    }

    /** Encodes the content where it is asked to. */
    @Provider
    public static class Zip implements WriterInterceptor {
        @Context
        private HttpServletRequest request;

        @Override
        public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
            if (request.getHeader("X-Zip") == null) {
                context.proceed();
                return;
            }
            context.getHeaders().putSingle("Content-Encoding", "gzip");
            GZIPOutputStream zipped = new GZIPOutputStream(context.getOutputStream());
            context.setOutputStream(zipped);
            context.proceed();
            zipped.finish();
        }
    }
}
