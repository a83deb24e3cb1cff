package dev.scopegate.jaxrs;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.net.ClientAddresses;
import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;

/** {@link Authentication} in a servlet container, which knows the connection's peer. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class ServletAuthentication extends Authentication {
    @Context
    private @Nullable HttpServletRequest servletRequest;

    private final ClientAddresses addresses;

    ServletAuthentication(AccessCheck check) {
        super(check);
        this.addresses = check.addresses();
    }

    @Override
    ClientAddress peer() {
        HttpServletRequest request = servletRequest;
        return request == null ? ClientAddress.UNKNOWN : addresses.of(request.getRemoteAddr(), request::getHeaders);
    }
}
