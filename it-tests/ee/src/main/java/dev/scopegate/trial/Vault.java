package dev.scopegate.trial;

import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;

/** Business code that only knows the roles of the server. */
@Stateless
@DeclareRoles({"vault.see", "vault.open", "vault.fill"})
@RolesAllowed("vault.see")
public class Vault {
    @Resource
    @SuppressWarnings("NullAway.Init") // the container's
    private SessionContext session;

    /** Who the server says is calling. */
    public String see() {
        return session.getCallerPrincipal().getName();
    }

    @RolesAllowed("vault.fill")
    public String fill() {
        return "filled";
    }

    @PermitAll
    public boolean mayOpen() {
        return session.isCallerInRole("vault.open");
    }
}
