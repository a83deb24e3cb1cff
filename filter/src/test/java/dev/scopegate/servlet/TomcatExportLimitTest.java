package dev.scopegate.servlet;

import java.net.http.HttpClient;

/** Tomcat 10.1, a connection for each request. */
final class TomcatExportLimitTest extends ExportLimitContract {
    TomcatExportLimitTest() {
        super(new TomcatServer());
    }

    @Override
    boolean cutsOff(HttpClient.Version version) {
        return version == HttpClient.Version.HTTP_1_1;
    }
}
