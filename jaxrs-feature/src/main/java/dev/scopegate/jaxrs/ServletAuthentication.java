package dev.scopegate.jaxrs;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.net.ClientAddress;
import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;

/** {@link Authentication} in a servlet container, which knows the client's address. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class ServletAuthentication extends Authentication {
    @Context
    private @Nullable HttpServletRequest servletRequest;

    ServletAuthentication(AccessCheck check) {
        super(check);
    }

    @Override
    ClientAddress peer() {
        return servletRequest == null ? ClientAddress.UNKNOWN : ClientAddress.ofPeer(servletRequest.getRemoteAddr());
    }
}
