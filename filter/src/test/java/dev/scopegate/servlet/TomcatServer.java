package dev.scopegate.servlet;

import dev.scopegate.access.Scopegate;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.util.resource.Resource;

/** The same in Tomcat. */
final class TomcatServer extends GuardedServer {
    private final Tomcat tomcat = new Tomcat();
    private final Map<String, Servlet> servlets = new LinkedHashMap<>();
    private final List<ErrorPage> errorPages = new ArrayList<>();

    @Override
    GuardedServer serving(String path, Servlet servlet) {
        servlets.put(path, servlet);
        return this;
    }

    @Override
    GuardedServer errorPage(int status, String path) {
        ErrorPage page = new ErrorPage();
        page.setErrorCode(status);
        page.setLocation(path);
        errorPages.add(page);
        return this;
    }

    @Override
    GuardedServer start() throws LifecycleException, IOException {
        Path base = Files.createTempDirectory("tomcat");
        Resource files = context.getBaseResource();
        tomcat.setBaseDir(base.toString());
        tomcat.setSilent(true);
        Connector connector = tomcat.getConnector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.addUpgradeProtocol(new Http2Protocol());
        Context application = tomcat.addContext(
                context.getContextPath(),
                files == null ? base.toString() : files.getPath().toString());
        application.getServletContext().setAttribute(Scopegate.ATTRIBUTE, context.getAttribute(Scopegate.ATTRIBUTE));
        servlets.forEach((path, servlet) -> {
            Wrapper wrapper = Tomcat.addServlet(application, path, servlet);
            wrapper.setAsyncSupported(true);
            wrapper.addMapping(path);
        });
        errorPages.forEach(application::addErrorPage);
        guard(application);
        tomcat.start();
        return this;
    }

    private void guard(Context application) {
        FilterDef filter = new FilterDef();
        filter.setFilterName("guard");
        filter.setFilterClass(BearerTokenFilter.class.getName());
        filter.setAsyncSupported("true");
        if (super.filter.getInitParameters() != null)
            super.filter.getInitParameters().forEach(filter::addInitParameter);
        application.addFilterDef(filter);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("guard");
        everywhere.addURLPattern("/*");
        for (DispatcherType type : DispatcherType.values()) everywhere.setDispatcher(type.name());
        application.addFilterMap(everywhere);
    }

    @Override
    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat did not stop", e);
        }
    }
}
