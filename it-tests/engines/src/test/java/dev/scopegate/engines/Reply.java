package dev.scopegate.engines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** What came back. */
record Reply(HttpResponse<String> response) {
    private static final JsonMapper JSON = new JsonMapper();

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The envelope's only error; null when the answer is no envelope with all that belongs to it. */
    JsonNode error() {
        int length = response.body().getBytes(StandardCharsets.UTF_8).length;
        boolean headers = header("Content-Type").equals("application/json")
                && header("Cache-Control").equals("no-store")
                && header("Content-Length").equals("" + length);
        if (!headers) return null;
        try {
            JsonNode envelope = JSON.readTree(response.body());
            Iterator<String> keys = envelope.fieldNames();
            boolean ours = keys.next().equals("type") && keys.next().equals("errors") && !keys.hasNext();
            return ours && envelope.path("errors").size() == 1 ? envelope.at("/errors/0") : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Status and the code of the envelope, or status and body. */
    @Override
    public String toString() {
        JsonNode error = error();
        return response.statusCode() + " "
                + (error == null ? response.body() : error.path("code").asText());
    }
}
