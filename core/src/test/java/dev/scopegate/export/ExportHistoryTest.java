package dev.scopegate.export;

import dev.scopegate.testkit.ExportHistory;
import dev.scopegate.testkit.ExportHistoryContract;
import java.time.Clock;

class ExportHistoryTest extends ExportHistoryContract {
    private final ExportHistory.Place place =
            new ExportHistory.Place(new InMemoryExportLedger(Clock.systemUTC()), new InMemoryExportPolicies());

    @Override
    protected ExportHistory.Place node() {
        return place;
    }
}
