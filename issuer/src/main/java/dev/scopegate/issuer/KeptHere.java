package dev.scopegate.issuer;

import dev.scopegate.access.Scopegate;
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.Exports;
import dev.scopegate.export.InMemoryExportLedger;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.InMemoryAuditLog;
import dev.scopegate.store.InMemoryDenylist;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenStore;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an application keeps in the memory of this node though its tokens outlive the node. Stateless. */
final class KeptHere {
    private static final Logger LOG = LoggerFactory.getLogger(KeptHere.class);

    private KeptHere() {}

    /** Says so once, where there is such a thing; of a store that is itself in memory nobody expects more. */
    static void warn(Scopegate scopegate, TokenRepository tokens, boolean makesJwts) {
        if (tokens instanceof InMemoryTokenStore) return;
        TokenStore store = scopegate.store();
        List<String> kept = new ArrayList<>();
        if (tokens.grants() == null) kept.add("refresh tokens and authorization codes, which all die with it");
        if (makesJwts && store.denylist() instanceof InMemoryDenylist) {
            kept.add("which JWTs are revoked: after a restart, and on other nodes, they work again");
        }
        AuditLog log = scopegate.audit();
        if (log instanceof InMemoryAuditLog && log != tokens.auditLog()) kept.add("the audit log");
        Exports exports = scopegate.exports();
        ExportLedger ledger = exports == null ? null : exports.ledger();
        if (ledger instanceof InMemoryExportLedger && ledger != tokens.exportLedger()) {
            kept.add("what has been exported, so that each node allows the whole limit");
        }
        if (kept.isEmpty()) return;
        LOG.warn(
                "the token store keeps tokens, but in the memory of this node alone are: {}."
                        + " The stores jdbc and redis keep all of it for all nodes",
                String.join("; ", kept));
    }
}
