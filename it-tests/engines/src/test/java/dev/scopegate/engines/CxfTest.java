package dev.scopegate.engines;

import dev.scopegate.access.Scopegate;
import dev.scopegate.jaxrs.ScopegateFeature;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import java.util.Set;
import org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet;

/**
 * Apache CXF 4.1, through its own servlet. It hands a feature no ServletContext, but the application's constructor, which
 * finds there what the filter, or code, has put.
 */
final class CxfTest extends EngineContract {
    @Override
    HttpServlet engine() {
        return new CXFNonSpringJaxrsServlet();
    }

    @Override
    Class<? extends Application> whole() {
        return Whole.class;
    }

    @Override
    Class<? extends Application> misspelt() {
        return Misspelt.class;
    }

    @Override
    boolean loadsServices() {
        return false;
    }

    /** The application as CXF takes it. */
    public static class Whole extends Application {
        private final Scopegate scopegate;

        public Whole(@Context ServletContext context) {
            scopegate = (Scopegate) context.getAttribute(Scopegate.ATTRIBUTE);
        }

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Shop.Shelf.class, Shop.Failing.class, Shop.Me.class);
        }

        @Override
        @SuppressWarnings("deprecation") // CXF takes an object in no other way
        public Set<Object> getSingletons() {
            return Set.of(new ScopegateFeature(scopegate));
        }
    }

    /** The same with a misspelt scope. */
    public static final class Misspelt extends Whole {
        public Misspelt(@Context ServletContext context) {
            super(context);
        }

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Shop.Typo.class);
        }
    }
}
