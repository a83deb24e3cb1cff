package dev.scopegate.sample.api;

import dev.scopegate.issuer.Issuer;
import dev.scopegate.jaxrs.ScopegateFeature;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The hub's REST interface as any JAX-RS engine takes it: its classes, listed, so that nothing is searched for. */
@ApplicationPath("api")
public class HubApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(Issuer.resources());
        classes.addAll(List.of(
                ScopegateFeature.class,
                MeResource.class,
                OpenApiResource.class,
                OrganizationResource.class,
                DatasetResource.class,
                RowsResource.class,
                QueryResource.class,
                RunResource.class,
                EndpointResource.class));
        return classes;
    }

    /** For Jersey, which tries out by default what the hub does not have; other engines ignore it. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                "jersey.config.server.wadl.disableWadl", true, "jersey.config.disableDefaultProvider", "DATASOURCE");
    }
}
