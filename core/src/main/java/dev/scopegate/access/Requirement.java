package dev.scopegate.access;

import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.scope.ScopeSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a resource, servlet or path asks of a request, resolved once at the start so that a request only compares. Immutable.
 */
public final class Requirement {
    /** Who passes before scopes are looked at. */
    public enum Access {
        /** Anybody, with a token, a bad one or none. */
        PERMIT,
        /** Nobody. */
        DENY,
        /** A valid token, or no credential at all, in which case the container's own session decides further on. */
        SESSION,
        /** A valid token with the scopes and resource below. */
        TOKEN
    }

    private final Access access;
    private final List<String> scopes;
    private final List<Set<String>> grantedBy;
    private final @Nullable ResourceTemplate resource;
    private final @Nullable ResourceTemplate export;
    private final boolean fresh;
    private final boolean hide;
    private final boolean declared;

    private Requirement(
            Access access,
            List<String> scopes,
            List<Set<String>> grantedBy,
            @Nullable ResourceTemplate resource,
            @Nullable ResourceTemplate export,
            boolean fresh,
            boolean hide,
            boolean declared) {
        this.access = access;
        this.scopes = List.copyOf(scopes);
        this.grantedBy = List.copyOf(grantedBy);
        this.resource = resource;
        this.export = export;
        this.fresh = fresh;
        this.hide = hide;
        this.declared = declared;
    }

    /** A requirement that names no scope. */
    public static Requirement of(Access access) {
        return new Requirement(access, List.of(), List.of(), null, null, false, false, true);
    }

    /** All of these scopes; an undeclared one throws IllegalArgumentException. */
    public static Requirement allOf(ScopeCatalog catalog, List<String> scopes) {
        List<Set<String>> grantedBy = scopes.stream()
                .map(name -> catalog.grantors(catalog.require(name)))
                .toList();
        return new Requirement(Access.TOKEN, scopes, grantedBy, null, null, false, false, true);
    }

    /** One of these scopes; an undeclared one throws IllegalArgumentException. */
    public static Requirement anyOf(ScopeCatalog catalog, List<String> scopes) {
        Set<String> grantedBy = new java.util.LinkedHashSet<>();
        scopes.forEach(name -> grantedBy.addAll(catalog.grantors(catalog.require(name))));
        return new Requirement(Access.TOKEN, scopes, List.of(Set.copyOf(grantedBy)), null, null, false, false, true);
    }

    /** This, and the token must extend to the resource. */
    public Requirement on(@Nullable ResourceTemplate template) {
        return new Requirement(access, scopes, grantedBy, template, export, fresh, hide, declared);
    }

    /** This, and the answer counts against the resource's export policy. */
    Requirement exporting(ResourceTemplate template) {
        return new Requirement(access, scopes, grantedBy, resource, template, fresh, hide, declared);
    }

    Requirement reading(boolean freshly, boolean hiding) {
        return new Requirement(access, scopes, grantedBy, resource, export, freshly, hiding, declared);
    }

    /** This, but nothing in the code says it: it is the default, which a CORS preflight passes. */
    Requirement byDefault() {
        return new Requirement(access, scopes, grantedBy, resource, export, fresh, hide, false);
    }

    public Access access() {
        return access;
    }

    /** Whether a token's scopes suffice. Allocates nothing. */
    boolean grantedBy(ScopeSet held) {
        for (int i = 0; i < grantedBy.size(); i++) {
            if (!held.containsAny(grantedBy.get(i))) return false;
        }
        return true;
    }

    /** The scopes as declared: all of them, or those of which one is needed. */
    public List<String> scopes() {
        return scopes;
    }

    /** The resource that the token must extend to; null for none. */
    public @Nullable ResourceTemplate resource() {
        return resource;
    }

    /** The resource whose export policy counts the answer; null for none. */
    public @Nullable ResourceTemplate export() {
        return export;
    }

    boolean fresh() {
        return fresh;
    }

    boolean hide() {
        return hide;
    }

    /** Whether an annotation or a rule says it, rather than the default. */
    public boolean declared() {
        return declared;
    }

    @Override
    public String toString() {
        return access + (scopes.isEmpty() ? "" : " " + scopes) + (resource == null ? "" : " on " + resource);
    }
}
