package dev.scopegate.trial;

import dev.scopegate.access.Scopegate;
import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.security.Principal;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who is calling, asked in every way that there is. */
@Path("")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container's fields
public class Callers {
    @Inject
    private AccessToken injected;

    @Inject
    private SecurityContext security;

    @Inject
    private Visits visits;

    @EJB
    private Vault vault;

    @Context
    private HttpServletRequest request;

    @Context
    private ServletContext context;

    private Scopegate scopegate() {
        return (Scopegate) Objects.requireNonNull(context.getAttribute(Scopegate.ATTRIBUTE));
    }

    /** Of the container, CDI and EJB. */
    @GET
    @Path("vault")
    @RequiresScope("vault.see")
    public String vault() {
        Map<String, Object> seen = new TreeMap<>();
        seen.put("cdi", injected.owner() + " " + injected.scopes());
        seen.put("ejb", vault.see());
        seen.put("ejb-may-open", vault.mayOpen());
        Principal caller = security.getCallerPrincipal();
        seen.put("security", caller == null ? "nobody" : caller.getName());
        seen.put(
                "security-tokens",
                security.getPrincipalsByType(AccessToken.class).size());
        seen.put("security-roles", roles());
        seen.put(
                "request",
                request.getAuthType() + " " + request.getUserPrincipal().getName());
        return seen.toString();
    }

    private Set<String> roles() {
        Set<String> roles = new TreeSet<>();
        for (String each : new String[] {"public", "vault.see", "vault.open", "vault.fill"}) {
            if (security.isCallerInRole(each)) roles.add(each);
        }
        return roles;
    }

    /** What the bean refuses although the resource is open to every token. */
    @POST
    @Path("vault")
    public String fill() {
        try {
            return vault.fill();
        } catch (EJBAccessException e) {
            return "the EJB refused";
        }
    }

    /** What code sees that runs for everybody. */
    @GET
    @Path("open")
    @PermitAll
    public String open() {
        String cdi;
        try {
            cdi = injected.owner();
        } catch (IllegalStateException e) {
            cdi = "nobody";
        }
        return cdi + " " + injected.toString().equals("no token") + " " + vault.mayOpen() + " " + roles();
    }

    /** A session of the application's own. */
    @POST
    @Path("visits")
    public String visit() {
        String another = visits.another();
        request.getSession().setAttribute("own", another);
        for (String name : Collections.list(request.getSession().getAttributeNames())) {
            if (name.contains("scopegate.admission")
                    || request.getSession().getAttribute(name) instanceof AccessToken) {
                return "the session holds " + name;
            }
        }
        return another;
    }

    /** How many requests have been admitted, this one included. */
    @GET
    @Path("admitted")
    public String admitted() {
        return "" + scopegate().stats().authentications().get("admitted");
    }

    /** What the container's threads have written behind. */
    @GET
    @Path("last-used")
    public String lastUsed() throws Unavailable {
        StoredToken stored = Objects.requireNonNull(scopegate().repository()).get(injected.id());
        return "" + Objects.requireNonNull(stored).token().lastUsedIp();
    }

    /** The threads that are Scopegate's own. */
    @GET
    @Path("threads")
    public String threads() {
        TreeSet<String> names = new TreeSet<>();
        for (Thread each : Thread.getAllStackTraces().keySet()) {
            if (each.getName().startsWith("scopegate-")) names.add(each.getName());
        }
        return names.toString();
    }
}
