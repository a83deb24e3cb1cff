package dev.scopegate.servlet;

/** Jetty 12.1 (ee10), connections that stay open. */
final class JettyKeepAliveExportLimitTest extends ExportLimitContract {
    JettyKeepAliveExportLimitTest() {
        super(new GuardedServer().keepingAlive());
    }
}
