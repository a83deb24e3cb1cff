package dev.scopegate.access;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The places where an annotation for a method may stand, nearest first: the method, the methods it overrides in
 * superclasses, those it implements in interfaces; then the class, its superclasses, its interfaces. Proxy subclasses,
 * which repeat no annotation, are passed through by that order.
 */
public final class Declared {
    private Declared() {}

    /** The nearest annotation of one type on the method or what it overrides; null when there is none. */
    public static <A extends Annotation> @Nullable A onMethod(Class<?> type, Method method, Class<A> annotation) {
        return nearest(methodPlaces(type, method), annotation);
    }

    /** The nearest annotation of one type on the class or what it extends; null when there is none. */
    public static <A extends Annotation> @Nullable A onClass(Class<?> type, Class<A> annotation) {
        return nearest(classPlaces(type), annotation);
    }

    private static <A extends Annotation> @Nullable A nearest(
            List<? extends List<? extends AnnotatedElement>> places, Class<A> annotation) {
        for (List<? extends AnnotatedElement> place : places) {
            for (AnnotatedElement element : place) {
                A found = element.getDeclaredAnnotation(annotation);
                if (found != null) return found;
            }
        }
        return null;
    }

    /** Each inner list holds places that are equally near: several interfaces at once. */
    static List<List<Method>> methodPlaces(Class<?> type, Method method) {
        TypeBindings bindings = TypeBindings.of(type);
        List<List<Method>> places = new ArrayList<>();
        for (Class<?> one : superclasses(type)) places.add(overridden(List.of(one), method, bindings));
        places.add(overridden(interfaces(type), method, bindings));
        return places;
    }

    static List<List<Class<?>>> classPlaces(Class<?> type) {
        List<List<Class<?>>> places = new ArrayList<>();
        for (Class<?> one : superclasses(type)) places.add(List.of(one));
        places.add(List.copyOf(interfaces(type)));
        return places;
    }

    private static List<Class<?>> superclasses(Class<?> type) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> one = type; one != null && one != Object.class; one = one.getSuperclass()) classes.add(one);
        return classes;
    }

    private static List<Class<?>> interfaces(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> one : superclasses(type)) collectInterfaces(one, found);
        return List.copyOf(found);
    }

    private static void collectInterfaces(Class<?> type, Set<Class<?>> found) {
        for (Class<?> one : type.getInterfaces()) {
            if (found.add(one)) collectInterfaces(one, found);
        }
    }

    private static List<Method> overridden(List<Class<?>> types, Method method, TypeBindings bindings) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> type : types) {
            for (Method candidate : type.getDeclaredMethods()) {
                if (candidate.equals(method) || isOverriddenBy(candidate, method, bindings)) methods.add(candidate);
            }
        }
        return methods;
    }

    private static boolean isOverriddenBy(Method candidate, Method method, TypeBindings bindings) {
        if (!candidate.getName().equals(method.getName())) return false;
        if (candidate.getParameterCount() != method.getParameterCount()) return false;
        if (Modifier.isPrivate(candidate.getModifiers()) || Modifier.isStatic(candidate.getModifiers())) return false;
        Type[] theirs = candidate.getGenericParameterTypes();
        Type[] ours = method.getGenericParameterTypes();
        for (int i = 0; i < ours.length; i++) {
            if (bindings.erasure(theirs[i]) != bindings.erasure(ours[i])) return false;
        }
        return true;
    }
}
