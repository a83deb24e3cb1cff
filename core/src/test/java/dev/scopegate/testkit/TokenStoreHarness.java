package dev.scopegate.testkit;

import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens an empty store before each test of a contract and closes it afterwards. */
public abstract class TokenStoreHarness {
    protected final TestTokens tokens = new TestTokens();
    private @Nullable TokenRepository store;

    /** Opens a store that holds no token and that no other test uses. */
    protected abstract TokenRepository open() throws Exception;

    /**
     * Closes the store and opens it again with what it kept. Overridden for stores that outlive the process; the others
     * leave it, and their tests go on with the store as it is.
     */
    protected TokenRepository reopen(TokenRepository before) throws Exception {
        return before;
    }

    @BeforeEach
    final void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        if (store != null) store.close();
    }

    protected final TokenRepository store() {
        return Objects.requireNonNull(store);
    }

    protected final void reopenStore() throws Exception {
        store = reopen(store());
    }

    /** What the store has under this id, which must be there. */
    protected final StoredToken kept(AccessToken token) throws Exception {
        return Objects.requireNonNull(store().get(token.id()), "the store lost a token");
    }

    /** Whether a request with this credential would be known to come from its owner. */
    protected final boolean opens(BearerToken presented) throws Exception {
        StoredToken found = store().find(presented);
        return found != null && found.opensWith(presented, TestTokens.NOW.toEpochMilli());
    }
}
