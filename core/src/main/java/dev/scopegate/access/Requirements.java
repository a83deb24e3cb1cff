package dev.scopegate.access;

import dev.scopegate.annotation.ExportLimited;
import dev.scopegate.annotation.RequiresAnyScope;
import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.config.Settings;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.text.Nearest;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns the annotations of resources and servlets into {@link Requirement}s, once, at the start. Whatever does not fit
 * together (an undeclared scope, a path parameter that is not there, contradictory annotations, an empty list) is a
 * {@link ConfigurationException} that names the class and method.
 */
public final class Requirements {
    private static final List<Class<? extends Annotation>> ACCESS =
            List.of(RequiresScope.class, RequiresAnyScope.class, RolesAllowed.class, PermitAll.class, DenyAll.class);
    private static final List<Class<? extends Annotation>> EXPORT = List.of(ExportLimited.class);

    /** Every annotation that declares access or an export. */
    public static final List<Class<? extends Annotation>> ANNOTATIONS =
            Stream.concat(ACCESS.stream(), EXPORT.stream()).toList();

    /** Those that nobody but Scopegate reads. */
    public static final List<Class<? extends Annotation>> OUR_ANNOTATIONS = ANNOTATIONS.stream()
            .filter(annotation -> annotation.getPackageName().equals(RequiresScope.class.getPackageName()))
            .toList();

    private final ScopeCatalog catalog;
    private final Settings.DefaultAccess defaultAccess;
    private final boolean exportsAllowed;

    Requirements(ScopeCatalog catalog, Configuration configuration, boolean exportsLimited) {
        this.catalog = catalog;
        this.defaultAccess = configuration.get(Settings.DEFAULT_ACCESS);
        this.exportsAllowed = exportsLimited
                || configuration.get(Settings.EXPORT_WITHOUT_POLICY) == Settings.ExportWithoutPolicy.ALLOW;
    }

    /**
     * What a resource method asks for.
     *
     * @param type the resource class, which may be a proxy's
     * @param parameters the names of the path's parameters; null when they are not known before the request
     */
    public Requirement ofMethod(Class<?> type, Method method, @Nullable Set<String> parameters) {
        String where = type.getName() + "." + method.getName();
        List<List<Method>> onMethod = Declared.methodPlaces(type, method);
        List<List<Class<?>>> onClass = Declared.classPlaces(type);
        Annotation access = nearest(where, onMethod, ACCESS);
        if (access == null) access = nearest(where, onClass, ACCESS);
        Annotation export = nearest(where, onMethod, EXPORT);
        if (export == null) export = nearest(where, onClass, EXPORT);
        return requirement(where, access, (ExportLimited) export, parameters);
    }

    /** What a servlet's class asks for; null when it declares nothing. */
    public @Nullable Requirement ofServlet(Class<?> type) {
        try {
            for (Method method : type.getMethods()) refuseOnMethod(type, method);
            for (Class<?> one = type; one != null; one = one.getSuperclass()) {
                for (Method method : one.getDeclaredMethods()) refuseOnMethod(type, method);
            }
        } catch (LinkageError e) {
            throw new ConfigurationException(
                    type.getName() + ": its annotations cannot be read, since a class that it names is missing: "
                            + e.getMessage(),
                    e);
        }
        List<List<Class<?>>> places = Declared.classPlaces(type);
        Annotation access = nearest(type.getName(), places, ACCESS);
        Annotation export = nearest(type.getName(), places, EXPORT);
        if (access == null && export == null) return null;
        return requirement(type.getName(), access, (ExportLimited) export, Set.of());
    }

    /** What something gets that declares nothing. */
    public Requirement byDefault() {
        Requirement.Access access = switch (defaultAccess) {
            case AUTHENTICATED -> Requirement.Access.TOKEN;
            case DENY -> Requirement.Access.DENY;
            case PERMIT -> Requirement.Access.PERMIT;
        };
        return Requirement.of(access).byDefault();
    }

    private static void refuseOnMethod(Class<?> type, Method method) {
        for (Class<? extends Annotation> annotation : ANNOTATIONS) {
            if (method.isAnnotationPresent(annotation)) {
                throw new ConfigurationException(type.getName() + "." + method.getName() + ": @"
                        + annotation.getSimpleName() + " on a servlet's method has no effect; put it on the class, or"
                        + " use scope-rules to tell methods apart");
            }
        }
    }

    private static @Nullable Annotation nearest(
            String where,
            List<? extends List<? extends AnnotatedElement>> places,
            List<Class<? extends Annotation>> types) {
        for (List<? extends AnnotatedElement> place : places) {
            List<Annotation> found = new ArrayList<>();
            for (AnnotatedElement element : place) {
                for (Class<? extends Annotation> type : types) {
                    Annotation annotation = element.getDeclaredAnnotation(type);
                    if (annotation != null && !found.contains(annotation)) found.add(annotation);
                }
            }
            if (found.size() > 1) {
                throw new ConfigurationException(where + ": contradictory annotations "
                        + found.stream()
                                .map(one -> "@" + one.annotationType().getSimpleName())
                                .toList()
                        + "; keep one");
            }
            if (!found.isEmpty()) return found.get(0);
        }
        return null;
    }

    private Requirement requirement(
            String where,
            @Nullable Annotation access,
            @Nullable ExportLimited export,
            @Nullable Set<String> parameters) {
        try {
            Requirement requirement = access == null ? byDefault() : requirement(access, parameters);
            if (export == null) return requirement;
            if (!exportsAllowed) {
                throw new IllegalArgumentException("@ExportLimited needs a ledger; set 'export-ledger' to 'memory' or"
                        + " 'token-store', or 'export-without-policy' to 'allow' to let everything out");
            }
            if (requirement.access() == Requirement.Access.PERMIT) {
                throw new IllegalArgumentException("@ExportLimited counts what tokens export, and anybody may come here"
                        + " without one; use @RequiresScope beside it");
            }
            return requirement.exporting(template(export.value(), parameters));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(where + ": " + e.getMessage(), e);
        }
    }

    private Requirement requirement(Annotation access, @Nullable Set<String> parameters) {
        if (access instanceof RequiresScope all) {
            Requirement scopes = Requirement.allOf(catalog, names(access, all.value()));
            return scopes.on(optional(all.resource(), parameters)).reading(all.fresh(), all.hide());
        }
        if (access instanceof RequiresAnyScope any) {
            Requirement scopes = Requirement.anyOf(catalog, names(access, any.value()));
            return scopes.on(optional(any.resource(), parameters)).reading(any.fresh(), any.hide());
        }
        if (access instanceof RolesAllowed roles) return Requirement.anyOf(catalog, names(access, roles.value()));
        return Requirement.of(access instanceof PermitAll ? Requirement.Access.PERMIT : Requirement.Access.DENY);
    }

    private static List<String> names(Annotation annotation, String[] names) {
        if (names.length > 0) return Arrays.asList(names);
        throw new IllegalArgumentException("@" + annotation.annotationType().getSimpleName()
                + " names no scope; use @PermitAll or @DenyAll to say that");
    }

    private static @Nullable ResourceTemplate optional(String text, @Nullable Set<String> parameters) {
        return text.isEmpty() ? null : template(text, parameters);
    }

    private static ResourceTemplate template(String text, @Nullable Set<String> parameters) {
        ResourceTemplate template = ResourceTemplate.parse(text);
        if (parameters == null) return template;
        for (String name : template.parameters()) {
            if (!parameters.contains(name)) {
                throw new IllegalArgumentException("the resource '" + text + "' needs the path parameter '" + name
                        + "', which the path does not have" + Nearest.hint(name, parameters));
            }
        }
        return template;
    }
}
