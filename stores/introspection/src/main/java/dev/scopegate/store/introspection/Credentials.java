package dev.scopegate.store.introspection;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What this service proves to the server by who it is. Immutable; never shown. */
final class Credentials {
    private static final Pattern B64TOKEN = Pattern.compile("[0-9A-Za-z._~+/-]+=*");

    private final @Nullable String authorization;
    private final String parameters;

    private Credentials(@Nullable String authorization, String parameters) {
        this.authorization = authorization;
        this.parameters = parameters;
    }

    /** Those of the settings, refused where a header or a form cannot hold them. */
    static Credentials of(Configuration settings) {
        String secret = settings.get(IntrospectionTokenStoreFactory.CLIENT_SECRET);
        if (secret.isEmpty()) throw new ConfigurationException("introspection-client-secret is empty");
        return switch (settings.get(IntrospectionTokenStoreFactory.CLIENT_AUTH)) {
            case CLIENT_SECRET_BASIC -> basic(clientId(settings), secret);
            case CLIENT_SECRET_POST -> post(clientId(settings), secret);
            case BEARER -> bearer(secret);
        };
    }

    private static String clientId(Configuration settings) {
        String id = settings.get(IntrospectionTokenStoreFactory.CLIENT_ID);
        if (id.isEmpty()) throw new ConfigurationException("introspection-client-id is empty");
        return id;
    }

    private static Credentials basic(String id, String secret) {
        byte[] pair = (encoded(id) + ":" + encoded(secret)).getBytes(StandardCharsets.US_ASCII);
        return new Credentials("Basic " + Base64.getEncoder().encodeToString(pair), "");
    }

    private static Credentials post(String id, String secret) {
        return new Credentials(null, "&client_id=" + encoded(id) + "&client_secret=" + encoded(secret));
    }

    private static Credentials bearer(String token) {
        if (!B64TOKEN.matcher(token).matches()) {
            throw new ConfigurationException(
                    "introspection-client-secret: with introspection-client-auth=bearer it is a bearer token: letters,"
                            + " digits and -._~+/, then perhaps =");
        }
        return new Credentials("Bearer " + token, "");
    }

    void authorize(HttpRequest.Builder request) {
        if (authorization != null) request.header("Authorization", authorization);
    }

    /** The request's form: the token, the hint, and the credentials where they stand there. */
    String form(String token) {
        return "token=" + encoded(token) + "&token_type_hint=access_token" + parameters;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
