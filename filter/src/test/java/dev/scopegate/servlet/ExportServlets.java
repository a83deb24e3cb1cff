package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.ExportMeter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;

/** Servlets that write as many bytes as they are asked for, by every way there is. */
final class ExportServlets {
    private ExportServlets() {}

    static void addTo(ExportContract test) {
        test.serve("/stream", (request, response) -> write(request, response.getOutputStream()));
        test.serve("/writer", (request, response) -> {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().write("x".repeat(size(request)));
        });
        test.serve("/flushing", (request, response) -> {
            for (int i = 0; i < size(request); i++) {
                response.getOutputStream().write('x');
                response.flushBuffer();
            }
        });
        test.serve("/declared", (request, response) -> {
            response.setContentLength(size(request));
            write(request, response.getOutputStream());
        });
        test.serve("/stubborn", (request, response) -> {
            for (int i = 0; i < 3; i++) {
                try {
                    write(request, response.getOutputStream());
                    response.flushBuffer();
                } catch (IOException e) {
                    assertThat(e).hasMessage("export_limit_exceeded");
                }
            }
            response.getOutputStream().close();
        });
        test.serve("/closing", (request, response) -> {
            response.setHeader("Connection", "close");
            write(request, response.getOutputStream());
        });
        test.serve("/reset", (request, response) -> {
            write(request, response.getOutputStream());
            response.reset();
            response.getOutputStream().write(new byte[10]);
        });
        test.serve("/error", (request, response) -> {
            write(request, response.getOutputStream());
            response.sendError(418);
        });
        test.serve("/status", (request, response) -> {
            response.setStatus(400);
            write(request, response.getOutputStream());
        });
        test.serve("/failing", (request, response) -> {
            write(request, response.getOutputStream());
            throw new IllegalStateException("the application fails");
        });
        test.serve("/later", ExportServlets::writeLater);
        test.serve("/ready", ExportServlets::writeWhenReady);
        test.serve("/reserving", (request, response) -> {
            ExportMeter.current(request::getAttribute).reserve(size(request), 1);
            response.getOutputStream().write(new byte[] {'x', 'y'});
        });
        test.serve("/recording", (request, response) -> {
            ExportMeter meter = ExportMeter.current(request::getAttribute);
            for (int i = 0; i < size(request); i++) {
                meter.record();
                response.getOutputStream().write('x');
            }
        });
        test.serve("/counted", (request, response) -> {
            ExportMeter meter = ExportMeter.current(request::getAttribute);
            response.setContentLength(size(request));
            for (int i = 0; i < size(request); i++) {
                meter.record();
                response.getOutputStream().write('x');
            }
        });
        test.serve("/lines", (request, response) -> {
            response.setContentType(request.getParameter("type"));
            response.getOutputStream().print(request.getParameter("text"));
        });
        test.serveFree(
                "/forward",
                (request, response) -> request.getRequestDispatcher("/stream").forward(request, response));
        test.serveFree("/include", (request, response) -> {
            response.getWriter();
            request.getRequestDispatcher("/writer").include(request, response);
        });
        test.serveFree("/free", (request, response) -> write(request, response.getOutputStream()));
    }

    private static int size(HttpServletRequest request) {
        return Integer.parseInt(request.getParameter("n"));
    }

    private static void write(HttpServletRequest request, ServletOutputStream out) throws IOException {
        byte[] piece = new byte[70];
        Arrays.fill(piece, (byte) 'x');
        for (int left = size(request); left > 0; left -= piece.length)
            out.write(piece, 0, Math.min(left, piece.length));
    }

    private static void writeLater(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync();
        async.start(() -> {
            try {
                write(request, async.getResponse().getOutputStream());
            } catch (IOException e) {
                assertThat(e).hasMessage("export_limit_exceeded");
            } finally {
                async.complete();
            }
        });
    }

    private static void writeWhenReady(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext async = request.startAsync();
        ServletOutputStream out = response.getOutputStream();
        out.setWriteListener(new WriteListener() {
            private int left = size(request);

            @Override
            public void onWritePossible() {
                try {
                    while (left > 0 && out.isReady()) {
                        out.write(new byte[Math.min(left, 70)]);
                        left -= 70;
                    }
                    if (left <= 0) async.complete();
                } catch (IOException e) {
                    async.complete();
                }
            }

            @Override
            public void onError(Throwable t) {
                async.complete();
            }
        });
    }
}
