package dev.scopegate.servlet;

/** Jetty 12.1 (ee10), a connection for each request. */
final class JettyExportLimitTest extends ExportLimitContract {
    JettyExportLimitTest() {
        super(new GuardedServer());
    }
}
