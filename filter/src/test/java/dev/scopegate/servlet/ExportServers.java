package dev.scopegate.servlet;

/** The servers before which limited responses are tried. */
enum ExportServers {
    JETTY,
    JETTY_KEEPING_ALIVE,
    TOMCAT,
    TOMCAT_KEEPING_ALIVE;

    boolean keepsAlive() {
        return this == JETTY_KEEPING_ALIVE || this == TOMCAT_KEEPING_ALIVE;
    }

    GuardedServer make() {
        GuardedServer made = this == TOMCAT || this == TOMCAT_KEEPING_ALIVE ? new TomcatServer() : new GuardedServer();
        return keepsAlive() ? made.keepingAlive() : made;
    }
}
