package dev.scopegate.sample.hub;

import dev.scopegate.access.Scopegate;
import dev.scopegate.issuer.Issuer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Opens the hub when its web application starts, before the filter, and closes it at the end. */
public final class HubListener implements ServletContextListener {
    private static final String ATTRIBUTE = "dev.scopegate.sample.hub";

    /** The open hub of a web application. */
    public static Hub hub(ServletContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof Hub hub) return hub;
        throw new IllegalStateException("the hub has not been opened; is HubListener registered in web.xml?");
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            parameters.put(name, context.getInitParameter(name));
        }
        context.getSessionCookieConfig().setAttribute("SameSite", "Lax"); // WildFly does not read it from web.xml
        Hub hub = Hub.serving(parameters);
        context.setAttribute(ATTRIBUTE, hub);
        context.setAttribute(Scopegate.ATTRIBUTE, hub.scopegate());
        context.setAttribute(Issuer.ATTRIBUTE, hub.issuer());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Object hub = context.getAttribute(ATTRIBUTE);
        context.removeAttribute(Scopegate.ATTRIBUTE);
        context.removeAttribute(Issuer.ATTRIBUTE);
        context.removeAttribute(ATTRIBUTE);
        if (hub instanceof Hub open) open.close();
        forgetDrivers(context);
    }

    /** Takes the WAR's JDBC drivers out of the JDK's list, which outlives the application. */
    private static void forgetDrivers(ServletContext context) {
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() != HubListener.class.getClassLoader()) continue;
            try {
                DriverManager.deregisterDriver(driver);
            } catch (SQLException e) {
                context.log("a JDBC driver stays registered", e);
            }
        }
    }
}
