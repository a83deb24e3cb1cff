package dev.scopegate.it.stores;

import java.nio.file.Path;
import java.util.List;

final class HubOnH2IT extends HubStoreContract {
    @Override
    Backend backend(Path scratch) {
        return new Backend() {
            @Override
            public List<String> options() {
                return List.of();
            }

            @Override
            public boolean isShared() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
