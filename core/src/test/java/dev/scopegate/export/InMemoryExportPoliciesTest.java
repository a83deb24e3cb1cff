package dev.scopegate.export;

import dev.scopegate.testkit.ExportPolicyStoreContract;

class InMemoryExportPoliciesTest extends ExportPolicyStoreContract {
    private final ExportPolicyStore policies = new InMemoryExportPolicies();

    @Override
    protected ExportPolicyStore node() {
        return policies;
    }
}
