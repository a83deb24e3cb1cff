package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.AuditLog;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.InMemoryAuditLog;
import dev.scopegate.store.InMemoryDenylist;
import dev.scopegate.store.InMemoryGrants;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.JsonFileTokenStore;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.LogLines;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line at the start says what a node keeps for itself although its tokens are kept elsewhere. */
class KeptHereTest {
    /** A user's own store that keeps some of it. */
    private static final class Own extends Forwarding {
        private final @Nullable GrantRepository grants;
        private final @Nullable Denylist denylist;
        private final @Nullable AuditLog log;

        Own(@Nullable GrantRepository grants, @Nullable Denylist denylist, @Nullable AuditLog log) {
            super(new InMemoryTokenStore());
            this.grants = grants;
            this.denylist = denylist;
            this.log = log;
        }

        @Override
        public @Nullable GrantRepository grants() {
            return grants;
        }

        @Override
        public @Nullable Denylist denylist() {
            return denylist;
        }

        @Override
        public @Nullable AuditLog auditLog() {
            return log;
        }
    }

    /** Kept by somebody else than this process, as far as anybody can see. */
    private static final class Elsewhere implements Denylist {
        private final Denylist list = new InMemoryDenylist(Clock.systemUTC());

        @Override
        public void deny(String jti, java.time.Instant until) throws dev.scopegate.problem.Unavailable {
            list.deny(jti, until);
        }

        @Override
        public boolean denies(String jti) throws dev.scopegate.problem.Unavailable {
            return list.denies(jti);
        }
    }

    private static List<String> warnings(TokenRepository store) {
        return warnings(store, Map.of("audit-log", store.auditLog() == null ? "memory" : "token-store"));
    }

    private static List<String> warnings(TokenRepository store, Map<String, String> settings) {
        try (LogLines log = new LogLines()) {
            new Desk(store, false, settings).close();
            return log.all().stream().filter(line -> line.contains("this node")).toList();
        }
    }

    @Test
    void aStoreThatKeepsTokensAloneIsNamedWithAllThatItDoesNotKeep() {
        assertThat(warnings(new Own(null, null, null)))
                .singleElement()
                .asString()
                .startsWith("WARNING")
                .contains("refresh tokens and authorization codes", "JWTs are revoked", "the audit log")
                .doesNotContain("exported");
    }

    @Test
    void whatTheStoreKeepsIsNotNamed() {
        assertThat(warnings(new Own(null, new Elsewhere(), new InMemoryAuditLog(10))))
                .singleElement()
                .asString()
                .contains("refresh tokens")
                .doesNotContain("JWTs", "audit");
        assertThat(warnings(new Own(new InMemoryGrants(), null, new InMemoryAuditLog(10))))
                .singleElement()
                .asString()
                .contains("JWTs are revoked")
                .doesNotContain("refresh", "audit");
        assertThat(warnings(new Own(new InMemoryGrants(), new Elsewhere(), new InMemoryAuditLog(10))))
                .isEmpty();
    }

    @Test
    void whatIsKeptHereBySettingIsNamedWhateverTheStoreCouldKeep() {
        TokenRepository store = new Own(new InMemoryGrants(), new Elsewhere(), null);
        assertThat(warnings(store, Map.of("export-ledger", "memory", "audit-log", "memory")))
                .singleElement()
                .asString()
                .contains("exported", "the audit log")
                .doesNotContain("refresh", "JWTs");
    }

    @Test
    void aFileOfTokensKeepsNoRefreshTokensAndAStoreInMemoryPromisesNothing(@TempDir Path folder) {
        assertThat(warnings(JsonFileTokenStore.openOrCreate(folder.resolve("tokens.json"), Duration.ofSeconds(1))))
                .singleElement()
                .asString()
                .contains("refresh tokens", "the audit log")
                .doesNotContain("JWTs");
        assertThat(warnings(new InMemoryTokenStore())).isEmpty();
    }
}
