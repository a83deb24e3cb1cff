package dev.scopegate.store.jwt;

import dev.scopegate.config.Configuration;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A store made from settings, whose time passes when a test says so. */
abstract class JwtHarness {
    @TempDir
    Path folder;

    final HandTime time = new HandTime();
    final TestTokens tokens = new TestTokens();
    final Map<String, String> settings =
            new HashMap<>(Map.of("jwt-issuer", Forge.ISSUER, "jwt-audience", Forge.AUDIENCE));
    private final List<JwtTokenStore> open = new ArrayList<>();

    final Configuration configuration() {
        return Configuration.builder(new JwtTokenStoreFactory().settings())
                .add("test", settings)
                .build();
    }

    final JwtTokenStore open() {
        return open((Denylist) null);
    }

    final JwtTokenStore open(@Nullable Denylist shared) {
        Configuration configuration = configuration();
        Duration skew = configuration.get(JwtTokenStoreFactory.CLOCK_SKEW);
        JwtTokenStore store = new JwtTokenStore(new Issuers(configuration, time).open(), time, skew, shared);
        open.add(store);
        return store;
    }

    /** A store with a file of these keys. */
    final JwtTokenStore open(TestKey... keys) throws Exception {
        keyFile(TestKey.set(keys));
        return open();
    }

    final Path keyFile(String json) throws Exception {
        Path file = folder.resolve("jwks.json");
        Files.writeString(file, json);
        settings.put("jwt-jwks-file", file.toString());
        return file;
    }

    final BearerToken present(String token) {
        return tokens.read(token);
    }

    final @Nullable StoredToken find(JwtTokenStore store, String token) throws Unavailable {
        return store.find(present(token));
    }

    final AccessToken facts(JwtTokenStore store, String token) throws Unavailable {
        return Objects.requireNonNull(find(store, token), "the token was refused")
                .token();
    }

    @AfterEach
    final void closeStores() {
        open.forEach(JwtTokenStore::close);
    }
}
