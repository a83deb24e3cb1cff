package dev.scopegate.problem;

import dev.scopegate.scope.ScopeSet;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is refused, as its sender is told: status, type and one or more errors. Every sentence that leaves the
 * product stands in this class, and none of them holds input. Immutable.
 *
 * @param status the HTTP status
 * @param type who has to act
 * @param errors one, or several of type {@link Type#VALIDATION_ERROR}
 * @param bearerError the challenge's parameter of that name (RFC 6750 §3.1); {@link #NO_PARAMETER} for a challenge
 *     without; null for an answer without a challenge
 * @param retryAfterSeconds the {@code Retry-After} value; null for none
 */
public record Problem(
        int status,
        Type type,
        List<Item> errors,
        @Nullable String bearerError,
        @Nullable Integer retryAfterSeconds) {

    public Problem {
        errors = List.copyOf(errors);
    }

    /** The value of {@code bearerError} for a challenge that names the scheme alone. */
    public static final String NO_PARAMETER = "";

    /** The code of {@link #unavailable}. */
    public static final String UNAVAILABLE = "unavailable";

    /** The code of a response that would break an export limit. */
    public static final String EXPORT_LIMIT_EXCEEDED = "export_limit_exceeded";

    /** The code of an export to an address outside the policy's networks. */
    public static final String EXPORT_IP_NOT_ALLOWED = "export_ip_not_allowed";

    /** Who has to act; the envelope's {@code type}. */
    public enum Type {
        CLIENT_ERROR("client_error"),
        VALIDATION_ERROR("validation_error"),
        SERVER_ERROR("server_error");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /**
     * One error of the envelope.
     *
     * @param code what programs compare
     * @param detail what a person reads
     * @param attr the path of the field that is wrong, such as {@code scopes.0}; null for errors of no field
     * @param extra facts that a program needs to do better; null for none
     */
    public record Item(
            String code,
            String detail,
            @Nullable String attr,
            @Nullable Map<String, ?> extra) {}

    private static final Problem NOT_AUTHENTICATED =
            challenge(401, "not_authenticated", "This request needs a bearer token.", NO_PARAMETER);
    private static final Problem INVALID_TOKEN =
            challenge(401, "invalid_token", "The provided token is expired or invalid.", "invalid_token");
    private static final Problem INVALID_REQUEST =
            challenge(400, "invalid_request", "The request carries more than one credential.", "invalid_request");
    private static final Problem RESOURCE_NOT_ALLOWED =
            client(403, "resource_not_allowed", "The token does not extend to this resource.");
    private static final Problem IP_NOT_ALLOWED =
            client(403, "ip_not_allowed", "The token may not be used from this address.");
    private static final Problem PERMISSION_DENIED = client(403, "permission_denied", "No token opens this to you.");
    private static final Problem BAD_REQUEST =
            client(400, "bad_request", "The request's path or form is not acceptable.");
    private static final Problem PARSE_ERROR = client(400, "parse_error", "The request's body is not well-formed.");
    private static final Problem NOT_FOUND = client(404, "not_found", "There is nothing here that you can see.");

    private static final Problem AUTHENTICATION_FAILED =
            challenge(401, "authentication_failed", "The name, key, secret or token is not right.", NO_PARAMETER);
    private static final Problem TOKEN_INACTIVE =
            client(409, "token_inactive", "The token is revoked or expired and cannot be changed.");
    private static final Problem CROSS_SITE = client(
            403,
            "csrf_failed",
            "A request that comes with a cookie needs a same-origin Origin header and a right X-CSRF-Token.");

    /** 401: no credentials. */
    public static Problem notAuthenticated() {
        return NOT_AUTHENTICATED;
    }

    /** 401: a token that is unknown, expired, revoked, deleted or ill-formed; the answer never says which. */
    public static Problem invalidToken() {
        return INVALID_TOKEN;
    }

    /** 400: more than one credential. */
    public static Problem invalidRequest() {
        return INVALID_REQUEST;
    }

    /** 403: the token lacks a scope; {@code required} are all that were asked for, or those of which one was. */
    public static Problem insufficientScope(Collection<String> required, ScopeSet granted) {
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("required", List.copyOf(required));
        extra.put("granted", List.copyOf(granted));
        Item item = new Item("insufficient_scope", "The token lacks a scope that this request needs.", null, extra);
        return new Problem(403, Type.CLIENT_ERROR, List.of(item), "insufficient_scope", null);
    }

    /** 403: the resource is not among the token's, whether it exists or not. */
    public static Problem resourceNotAllowed() {
        return RESOURCE_NOT_ALLOWED;
    }

    /** 403: the client's address is not in the token's networks. */
    public static Problem ipNotAllowed() {
        return IP_NOT_ALLOWED;
    }

    /** 403: the data may not go to the client's address. */
    public static Problem exportIpNotAllowed(String resource, String clientIp) {
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("resource", resource);
        extra.put("limit", "ip");
        extra.put("client_ip", clientIp);
        String detail = "Not authorized to export this data to this address.";
        Item item = new Item(EXPORT_IP_NOT_ALLOWED, detail, null, extra);
        return new Problem(403, Type.CLIENT_ERROR, List.of(item), null, null);
    }

    /**
     * 403: the response would break an export limit.
     *
     * @param resetsAt when the limit's window ends; null where it does not
     * @param retryAfterSeconds until then; null where waiting does not help
     */
    public static Problem exportLimitExceeded(
            String resource,
            String limit,
            String per,
            long max,
            long used,
            long requested,
            @Nullable Instant resetsAt,
            @Nullable Integer retryAfterSeconds) {
        Map<String, @Nullable Object> extra = new LinkedHashMap<>();
        extra.put("resource", resource);
        extra.put("limit", limit);
        extra.put("per", per);
        extra.put("max", max);
        extra.put("used", used);
        extra.put("requested", requested);
        extra.put("resets_at", resetsAt == null ? null : resetsAt.toString());
        String detail =
                "Not authorized to export more of this data: its limit is used up or too small for this request.";
        Item item = new Item(EXPORT_LIMIT_EXCEEDED, detail, null, extra);
        return new Problem(403, Type.CLIENT_ERROR, List.of(item), null, retryAfterSeconds);
    }

    /** 403: denied to every token, or to this owner. */
    public static Problem permissionDenied() {
        return PERMISSION_DENIED;
    }

    /** 400: a request that is refused before anything looks at it. */
    public static Problem badRequest() {
        return BAD_REQUEST;
    }

    /** 401: a key, secret or refresh token that is wrong; the answer never says which. */
    public static Problem authenticationFailed() {
        return AUTHENTICATION_FAILED;
    }

    /** 403: a request that came with a cookie and does not prove that the application's own page sent it. */
    public static Problem crossSite() {
        return CROSS_SITE;
    }

    /** 409: the token is revoked or expired, so that it cannot be changed. */
    public static Problem tokenInactive() {
        return TOKEN_INACTIVE;
    }

    /** 429: too many requests; the next may come after that many seconds. */
    public static Problem throttled(int retryAfterSeconds) {
        Problem throttled = StatusProblems.of(429);
        return new Problem(429, Type.CLIENT_ERROR, throttled.errors(), null, retryAfterSeconds);
    }

    /** 404: absent, or hidden from the caller. */
    public static Problem notFound() {
        return NOT_FOUND;
    }

    /** 400: a body that is not well-formed. */
    public static Problem parseError() {
        return PARSE_ERROR;
    }

    /** 400: a field of a type that it cannot be read as. */
    public static Problem invalidType(String attr) {
        return validation(List.of(new Item("invalid_type", "This field has the wrong type.", attr, null)));
    }

    /** 503: whoever knows the answer cannot be asked now. */
    public static Problem unavailable(int retryAfterSeconds) {
        Item item = new Item(UNAVAILABLE, "The service cannot check this request now.", null, null);
        return new Problem(503, Type.SERVER_ERROR, List.of(item), null, retryAfterSeconds);
    }

    /** A refusal of the application's own, without a challenge; 5xx is the server's fault, anything else the client's. */
    public static Problem of(int status, String code, String detail) {
        Item item = new Item(code, detail, null, null);
        return new Problem(status, status >= 500 ? Type.SERVER_ERROR : Type.CLIENT_ERROR, List.of(item), null, null);
    }

    /** The refusal for a status that other code chose, such as the 405 of a JAX-RS engine. */
    public static Problem ofStatus(int status) {
        return StatusProblems.of(status);
    }

    /** 400: fields that break their rules, at least one. */
    public static Problem validation(List<Item> errors) {
        if (errors.isEmpty()) throw new IllegalArgumentException("a validation error names at least one field");
        return new Problem(400, Type.VALIDATION_ERROR, errors, null, null);
    }

    private static Problem client(int status, String code, String detail) {
        return of(status, code, detail);
    }

    private static Problem challenge(int status, String code, String detail, String bearerError) {
        return new Problem(status, Type.CLIENT_ERROR, List.of(new Item(code, detail, null, null)), bearerError, null);
    }

    /** The code of the first error. */
    public String code() {
        return errors.get(0).code();
    }

    /** The sentence of the first error. */
    public String detail() {
        return errors.get(0).detail();
    }
}
