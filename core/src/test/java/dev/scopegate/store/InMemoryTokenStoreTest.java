package dev.scopegate.store;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.testkit.LogLines;
import dev.scopegate.testkit.TokenStoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryTokenStoreTest extends TokenStoreContract {
    @Override
    protected TokenRepository open() {
        return new InMemoryTokenStore();
    }

    @Test
    void aListenerThatFailsKeepsNobodyElseFromHearing() throws Exception {
        List<TokenChange> heard = new ArrayList<>();
        store().changes().subscribe(change -> {
            throw new IllegalStateException("broken listener");
        });
        store().changes().subscribe(heard::add);
        StoredToken token = tokens.stored("ada", "ci");

        try (LogLines log = new LogLines()) {
            assertThat(store().add(token, NOW)).isTrue();
            assertThat(log.errors()).singleElement().asString().contains("broken listener");
        }

        assertThat(heard).containsExactly(new TokenChange.OfToken(token.token().id()));
    }

    @Test
    void aCallThatChangedNothingIsNotToldOf() throws Exception {
        StoredToken token = tokens.stored("ada", "ci");
        store().add(token, NOW);
        store().revoke(token.token().id(), NOW, "ada");
        List<TokenChange> heard = new ArrayList<>();
        store().changes().subscribe(heard::add);

        store().add(token, NOW);
        store().revoke(token.token().id(), NOW, "ada");
        store().delete("0123456789ABCD");

        assertThat(heard).isEmpty();
    }
}
