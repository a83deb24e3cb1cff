package dev.scopegate.jaxrs;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;

/** Tells a result that cannot be written as JSON, the server's fault, from a body that cannot be read. */
final class JsonWriteErrors implements WriterInterceptor {
    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        try {
            context.proceed();
        } catch (JsonProcessingException unwritable) {
            throw new InternalServerErrorException(unwritable);
        }
    }
}
