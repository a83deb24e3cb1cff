package dev.scopegate.servlet;

import java.net.http.HttpClient;

/** Tomcat 10.1, connections that stay open. */
final class TomcatKeepAliveExportLimitTest extends ExportLimitContract {
    TomcatKeepAliveExportLimitTest() {
        super(new TomcatServer().keepingAlive());
    }

    @Override
    boolean cutsOff(HttpClient.Version version) {
        return version == HttpClient.Version.HTTP_1_1;
    }
}
