package dev.scopegate.store.jwt;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** One issuer in settings of its own: {@code jwks_file} is {@code jwt-jwks-file}. */
record SettingFields(Configuration configuration) implements IssuerFields {
    private static final List<Setting<String>> TEXTS = List.of(
            JwtTokenStoreFactory.ISSUER,
            JwtTokenStoreFactory.AUDIENCE,
            JwtTokenStoreFactory.JWKS_URI,
            JwtTokenStoreFactory.ALGORITHMS,
            JwtTokenStoreFactory.SCOPES);

    @Override
    public @Nullable String text(String field) {
        if (field.equals("jwks_file")) {
            return configuration
                    .find(JwtTokenStoreFactory.JWKS_FILE)
                    .map(Path::toString)
                    .orElse(null);
        }
        for (Setting<String> setting : TEXTS) {
            if (place(field).equals(setting.key()))
                return configuration.find(setting).orElse(null);
        }
        throw new IllegalArgumentException(field);
    }

    @Override
    public @Nullable List<String> texts(String field) {
        String text = text(field);
        return text == null
                ? null
                : Arrays.stream(text.split("\\s+"))
                        .filter(one -> !one.isEmpty())
                        .toList();
    }

    @Override
    public boolean flag(String field) {
        return configuration.get(JwtTokenStoreFactory.OWN);
    }

    @Override
    public @Nullable SecretKey secret() {
        String text = configuration.find(JwtTokenStoreFactory.HMAC_KEY).orElse("");
        return text.isEmpty() ? null : new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    @Override
    public String place(String field) {
        return "jwt-" + field.replace('_', '-');
    }
}
