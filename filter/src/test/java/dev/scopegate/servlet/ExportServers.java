package dev.scopegate.servlet;

import java.net.http.HttpClient;

/** The servers before which limited responses are tried. */
enum ExportServers {
    JETTY,
    JETTY_KEEPING_ALIVE,
    TOMCAT,
    TOMCAT_KEEPING_ALIVE;

    boolean keepsAlive() {
        return this == JETTY_KEEPING_ALIVE || this == TOMCAT_KEEPING_ALIVE;
    }

    /** Whether the container makes a response incomplete that fails in its middle. */
    boolean cutsOff(HttpClient.Version version) {
        return version == HttpClient.Version.HTTP_1_1 || this == JETTY || this == JETTY_KEEPING_ALIVE;
    }

    GuardedServer make() {
        GuardedServer made = this == TOMCAT || this == TOMCAT_KEEPING_ALIVE ? new TomcatServer() : new GuardedServer();
        return keepsAlive() ? made.keepingAlive() : made;
    }
}
