package dev.scopegate.store;

import dev.scopegate.testkit.NodeLocksContract;

class InMemoryNodeLocksTest extends NodeLocksContract {
    private final NodeLocks locks = new InMemoryNodeLocks();

    @Override
    protected NodeLocks node() {
        return locks;
    }
}
