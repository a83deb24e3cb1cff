package dev.scopegate.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.InMemoryDenylist;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenStore;
import dev.scopegate.store.TokenStoreFactory;
import dev.scopegate.token.BearerToken;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JWT that is revoked on one node is revoked on all, or the start says why not. */
class ChainOrderTest {
    @TempDir
    private Path folder;

    private static final class Knowing implements TokenStore {
        private final @Nullable Denylist denylist;

        Knowing(@Nullable Denylist denylist) {
            this.denylist = denylist;
        }

        @Override
        public @Nullable StoredToken find(BearerToken presented) {
            return null;
        }

        @Override
        public @Nullable Denylist denylist() {
            return denylist;
        }
    }

    private record Shared() implements Denylist {
        @Override
        public void deny(String jti, Instant until) {}

        @Override
        public boolean denies(String jti) {
            return false;
        }
    }

    /** A store that nodes share. */
    public static final class Sharing implements TokenStoreFactory {
        @Override
        public String name() {
            return "sharing";
        }

        @Override
        public TokenStore create(Configuration configuration, Clock clock) {
            return new Knowing(new Shared());
        }
    }

    /** A store of JWTs, which makes a denylist of its own when it is given none. */
    public static final class Verifying implements TokenStoreFactory {
        @Override
        public String name() {
            return "verifying";
        }

        @Override
        public TokenStore create(Configuration configuration, Clock clock, @Nullable Denylist denylist) {
            return new Knowing(denylist == null ? new InMemoryDenylist(clock) : null);
        }

        @Override
        public TokenStore create(Configuration configuration, Clock clock) {
            return create(configuration, clock, null);
        }
    }

    private @Nullable Denylist denylist(String stores) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(TokenStoreFactory.class.getName()),
                Sharing.class.getName() + "\n" + Verifying.class.getName() + "\n");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(application);
            Configuration configuration = Configuration.builder(Scopegate.settings())
                    .add("web.xml", Map.of("store", stores))
                    .build();
            try (TokenStore chain = Wiring.store(configuration, Clock.systemUTC())) {
                return chain.denylist();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aStoreOfJwtsUsesTheDenylistThatAnEarlierStoreShares() throws Exception {
        assertThat(denylist("sharing,verifying")).isInstanceOf(Shared.class);
    }

    @Test
    void aDenylistThatComesTooLateToBeSharedStopsTheStart() {
        assertThatThrownBy(() -> denylist("verifying,sharing"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("store: name 'sharing'");
    }
}
