package dev.scopegate.client;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where an answer sends a request on to (RFC 9110 §15.4), and what of the request may go there. Stateless. */
final class Redirect {
    /** What says nothing of who asks. */
    private static final Set<String> FOR_ANYBODY = Set.of("accept", "accept-language", "user-agent");

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private Redirect() {}

    /**
     * The next request; null when the answer is the last one: it is no redirect, or one that is not followed. Such are those
     * from https to http, and those to another origin of anything but GET and HEAD, for a body is meant for whom it was sent to.
     */
    static @Nullable HttpRequest of(HttpRequest request, int status, HttpHeaders headers) {
        if (!isRedirect(status)) return null;
        URI to = target(request.uri(), headers);
        Origin next = to == null ? null : Origin.of(to);
        if (to == null || next == null) return null;
        Origin present = Origin.required(request.uri());
        if (next.isWeakerThan(present)) return null;
        boolean reading = becomesGet(request.method(), status) || READING.contains(request.method());
        if (!next.equals(present) && !reading) return null;
        return request(request, to, status, next.equals(present));
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private static @Nullable URI target(URI from, HttpHeaders headers) {
        String location = headers.firstValue("Location").orElse("");
        if (location.isEmpty()) return null;
        try {
            return from.resolve(URI.create(location));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean becomesGet(String method, int status) {
        return switch (status) {
            case 301, 302 -> method.equals("POST");
            case 303 -> !method.equals("HEAD");
            default -> false;
        };
    }

    private static HttpRequest request(HttpRequest request, URI to, int status, boolean sameOrigin) {
        boolean get = becomesGet(request.method(), status);
        HttpRequest.Builder next = HttpRequest.newBuilder(request, (name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            return sameOrigin ? !(get && lower.startsWith("content-")) : FOR_ANYBODY.contains(lower);
        });
        if (get) next.GET();
        return next.uri(to).build();
    }
}
