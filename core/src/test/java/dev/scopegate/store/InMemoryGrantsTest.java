package dev.scopegate.store;

import dev.scopegate.testkit.GrantRepositoryContract;

class InMemoryGrantsTest extends GrantRepositoryContract {
    private final GrantRepository grants = new InMemoryGrants();

    @Override
    protected GrantRepository node() {
        return grants;
    }
}
