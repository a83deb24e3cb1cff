package dev.scopegate.example;

import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.TokenStoreContract;

class MapTokenRepositoryTest extends TokenStoreContract {
    @Override
    protected TokenRepository open() {
        return new MapTokenRepository();
    }
}
