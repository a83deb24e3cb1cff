package dev.scopegate.jaxrs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What came back. */
record Reply(HttpResponse<byte[]> response) {
    private static final JsonMapper JSON = new JsonMapper();

    int status() {
        return response.statusCode();
    }

    String body() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    JsonNode json() {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(body(), e);
        }
    }

    /** Whether the body is an envelope of this status, with the headers that every envelope has. */
    boolean isEnvelope() {
        boolean headers = header("Content-Type").orElse("").equals("application/json")
                && header("Cache-Control").isPresent()
                && header("Content-Length").orElse("").equals(String.valueOf(response.body().length));
        return headers
                && body().startsWith("{\"type\":\"")
                && json().path("errors").size() > 0;
    }

    JsonNode error() {
        return json().path("errors").path(0);
    }

    /** Status and code of an envelope, or status and body. */
    @Override
    public String toString() {
        return status() + " " + (isEnvelope() ? error().path("code").textValue() : body());
    }
}
