package dev.scopegate.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One key of the ring.
 *
 * @param jwk with its private parts
 * @param until no token that it has signed expires later
 */
record RingKey(JWK jwk, Instant createdAt, Instant until) {
    private static final JsonMapper JSON = new JsonMapper();

    String kid() {
        return jwk.getKeyID();
    }

    RingKey until(Instant value) {
        return new RingKey(jwk, createdAt, value);
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "RingKey[" + kid() + " until " + until + "]";
    }

    /** The ring's text, the key that signs first. */
    static String write(List<RingKey> keys) {
        ArrayNode array = JSON.createArrayNode();
        for (RingKey key : keys) {
            ObjectNode json = array.addObject();
            json.put("created_at", key.createdAt.toString());
            json.put("until", key.until.toString());
            json.put("jwk", key.jwk.toJSONString());
        }
        return array.toString();
    }

    /** Reads it; what is ill-formed is an IllegalArgumentException that quotes nothing. */
    static List<RingKey> read(String text) {
        List<RingKey> keys = new ArrayList<>();
        if (text.isEmpty()) return keys;
        try {
            for (JsonNode json : JSON.readTree(text)) {
                keys.add(new RingKey(
                        JWK.parse(json.path("jwk").asText()),
                        Instant.parse(json.path("created_at").asText()),
                        Instant.parse(json.path("until").asText())));
            }
        } catch (IOException | ParseException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "the key ring is ill-formed"); // without its cause, which may quote a key
        }
        return keys;
    }
}
