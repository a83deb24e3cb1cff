package dev.scopegate.engines;

import dev.scopegate.access.Scopegate;
import dev.scopegate.issuer.Issuer;
import dev.scopegate.jaxrs.ScopegateFeature;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import java.util.Set;
import org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet;

/** Apache CXF 4.1. */
final class CxfIssuerTest extends IssuerContract {
    @Override
    HttpServlet engine() {
        return new CXFNonSpringJaxrsServlet();
    }

    @Override
    Class<? extends Application> application() {
        return OfCxf.class;
    }

    /** The application, with the feature as CXF takes it. */
    public static final class OfCxf extends Application {
        private final Scopegate scopegate;

        public OfCxf(@Context ServletContext context) {
            scopegate = (Scopegate) context.getAttribute(Scopegate.ATTRIBUTE);
        }

        @Override
        public Set<Class<?>> getClasses() {
            return Issuer.resources();
        }

        @Override
        @SuppressWarnings("deprecation") // CXF takes an object in no other way
        public Set<Object> getSingletons() {
            return Set.of(new ScopegateFeature(scopegate));
        }
    }
}
