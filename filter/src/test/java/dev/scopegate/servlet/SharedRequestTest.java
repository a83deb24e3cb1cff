package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Admission;
import dev.scopegate.access.Scopegate;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.token.AccessToken;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.FilterMapping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The container's own request, where CDI looks for the caller and a mechanism has left one. */
class SharedRequestTest {
    private final GuardedServer server = new GuardedServer();
    private final Mechanism mechanism = new Mechanism();

    /** What a container's authentication mechanism does: it stands before the filter and holds the container's request. */
    private static final class Mechanism implements Filter {
        private boolean authenticates;
        private Object after = "nothing";

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (authenticates) {
                AccessCheck check = scopegate(request).check();
                request.setAttribute(
                        AccessToken.ATTRIBUTE,
                        check.authenticate(
                                ((HttpServletRequest) request)
                                        .getHeaders("Authorization")
                                        .asIterator(),
                                () -> ClientAddress.UNKNOWN));
            }
            chain.doFilter(request, response);
            after = request.getAttribute(AccessToken.ATTRIBUTE);
        }
    }

    private static Scopegate scopegate(ServletRequest request) {
        return (Scopegate) Objects.requireNonNull(request.getServletContext().getAttribute(Scopegate.ATTRIBUTE));
    }

    @BeforeEach
    void before() {
        FilterHolder first = new FilterHolder(mechanism);
        first.setAsyncSupported(true);
        server.context.getServletHandler().prependFilter(first);
        server.context.getServletHandler().prependFilterMapping(mapping(first));
        server.serving(
                "/admitted",
                new Servlets.Doing((request, response) -> response.getWriter()
                        .write("" + scopegate(request).stats().authentications().get("admitted"))));
    }

    private static FilterMapping mapping(FilterHolder holder) {
        FilterMapping mapping = new FilterMapping();
        mapping.setFilterName(holder.getName());
        mapping.setPathSpec("/*");
        mapping.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return mapping;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void share() throws Exception {
        server.context.setAttribute(Scopegate.SHARES_REQUEST, true);
        server.start();
    }

    @Test
    void theAdmissionStandsInTheContainersRequestWhereSomebodyLooksForItThere() throws Exception {
        share();
        server.getAs(server.token("public"), "/app/admitted");
        assertThat(AccessToken.current(name -> mechanism.after)).isNotNull();
    }

    @Test
    void otherwiseTheContainerIsNotBurdenedWithIt() throws Exception {
        server.start();
        server.getAs(server.token("public"), "/app/admitted");
        assertThat(mechanism.after).isNull();
    }

    @Test
    void whatAMechanismFoundOutIsNotFoundOutAgain() throws Exception {
        mechanism.authenticates = true;
        share();
        String token = server.token("public");
        assertThat(server.getAs(token, "/app/admitted").body()).isEqualTo("1");
        assertThat(server.getAs(token, "/app/admitted").body()).isEqualTo("2");
        assertThat(server.get("/app/admitted").code()).isEqualTo("not_authenticated");
        assertThat(server.getAs("sgp_unknown", "/app/admitted").code()).isEqualTo("invalid_token");
    }

    @Test
    void whatSomebodyLeftThereCountsNothingUnlessItIsSaidToBeShared() throws Exception {
        mechanism.authenticates = true;
        server.start();
        assertThat(server.getAs(server.token("public"), "/app/admitted").body()).isEqualTo("2");
    }

    @Test
    void theCredentialIsForgottenWhenTheRequestIsOverWhoeverFoundItOut() throws Exception {
        mechanism.authenticates = true;
        share();
        server.getAs(server.token("public"), "/app/admitted");
        assertThat(mechanism.after).isInstanceOf(Admission.class);
        var presented = Admission.class.getDeclaredField("presented");
        presented.setAccessible(true);
        assertThat(presented.get(mechanism.after)).isNull();
    }
}
