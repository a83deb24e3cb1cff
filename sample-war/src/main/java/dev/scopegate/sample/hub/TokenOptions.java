package dev.scopegate.sample.hub;

import dev.scopegate.net.Network;
import dev.scopegate.scope.ScopeCatalog;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the options of {@code token create}; what is wrong is an IllegalArgumentException in one sentence. */
final class TokenOptions {
    private final Map<String, String> options;

    private TokenOptions(Map<String, String> options) {
        this.options = options;
    }

    static Mint.Wish read(Map<String, String> options, ScopeCatalog catalog, Instant now) {
        TokenOptions reader = new TokenOptions(options);
        String owner = name("owner", options.getOrDefault("owner", Hub.ADMINISTRATOR));
        return new Mint.Wish(
                name("name", reader.required("name")),
                owner,
                reader.scopes(catalog, owner),
                reader.expires(now),
                reader.resources(),
                reader.networks());
    }

    private String required(String option) {
        String value = options.get(option);
        if (value == null) throw new IllegalArgumentException("'token create' needs --" + option);
        return value;
    }

    private static String name(String option, String text) {
        String trimmed = text.strip();
        int length = trimmed.codePointCount(0, trimmed.length());
        if (length < 1 || length > 100 || trimmed.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "--" + option + " takes 1 to 100 characters, none of them a control one");
        }
        return trimmed;
    }

    private static Stream<String> parts(String text) {
        return Arrays.stream(text.split("[\\s,]+")).filter(part -> !part.isEmpty());
    }

    private List<String> scopes(ScopeCatalog catalog, String owner) {
        List<String> scopes = parts(required("scopes")).map(catalog::require).toList();
        if (scopes.contains(ScopeCatalog.ADMIN) && !owner.equals(Hub.ADMINISTRATOR)) {
            throw new IllegalArgumentException("scope 'admin' is for the owner 'admin' only");
        }
        return scopes;
    }

    private @Nullable Instant expires(Instant now) {
        String text = options.get("expires");
        if (text == null) return null;
        Instant expires;
        try {
            expires = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("--expires takes an instant such as 2030-01-31T12:00:00Z", e);
        }
        if (!expires.isAfter(now)) throw new IllegalArgumentException("--expires is in the past");
        return expires;
    }

    private List<String> resources() {
        List<String> resources = parts(options.getOrDefault("resources", "")).toList();
        for (String resource : resources) {
            int colon = resource.indexOf(':');
            if (colon < 1 || colon == resource.length() - 1) {
                throw new IllegalArgumentException(
                        "the resource '" + resource + "' is not written KIND:NAME, such as dataset:penguins");
            }
        }
        return resources;
    }

    private List<Network> networks() {
        List<Network> networks = new ArrayList<>();
        for (String text : parts(options.getOrDefault("networks", "")).toList()) {
            try {
                networks.add(Network.parse(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the network '" + text + "': " + e.getMessage(), e);
            }
        }
        return networks;
    }
}
