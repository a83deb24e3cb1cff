package dev.scopegate.store.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditOutcome;
import dev.scopegate.event.AuditType;
import dev.scopegate.problem.Unavailable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event as {@code id NUL} and a JSON array of the rest, the same text for the same event. */
final class AuditText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final char END = '\0';

    private AuditText() {}

    static String write(AuditEvent event) {
        ArrayNode rest = JSON.createArrayNode();
        rest.add(event.at().toEpochMilli());
        rest.add(event.type().wireName());
        rest.add(event.actor());
        rest.add(event.tokenId());
        rest.add(event.resource());
        rest.add(event.clientIp());
        rest.add(event.outcome().wireName());
        rest.add(event.code());
        rest.add(event.bytes());
        rest.add(event.records());
        return event.id() + END + rest;
    }

    static AuditEvent read(String text) throws Unavailable {
        try {
            int end = text.indexOf(END);
            JsonNode rest = JSON.readTree(text.substring(end + 1));
            return new AuditEvent(
                    text.substring(0, end),
                    Instant.ofEpochMilli(rest.path(0).longValue()),
                    AuditType.ofWireName(rest.path(1).asText()).orElseThrow(),
                    word(rest.path(2)),
                    word(rest.path(3)),
                    word(rest.path(4)),
                    word(rest.path(5)),
                    AuditOutcome.ofWireName(rest.path(6).asText()).orElseThrow(),
                    word(rest.path(7)),
                    number(rest.path(8)),
                    number(rest.path(9)));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new Unavailable("an event in Redis is ill-formed, or of a later version", null);
        }
    }

    private static @Nullable String word(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }

    private static @Nullable Long number(JsonNode node) {
        return node.isIntegralNumber() ? node.longValue() : null;
    }
}
