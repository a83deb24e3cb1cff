package dev.scopegate.access;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the type variables of a class's supertypes stand for in that class, so that a method can be told from an overload of
 * the method that it overrides. Immutable once made.
 */
final class TypeBindings {
    private final Map<TypeVariable<?>, Type> bindings = new HashMap<>();

    private TypeBindings() {}

    static TypeBindings of(Class<?> type) {
        TypeBindings all = new TypeBindings();
        all.collect(type);
        return all;
    }

    private void collect(@Nullable Type type) {
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> raw) {
            Type[] arguments = parameterized.getActualTypeArguments();
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) bindings.put(variables[i], arguments[i]);
            collect(raw);
        } else if (type instanceof Class<?> raw) {
            collect(raw.getGenericSuperclass());
            for (Type one : raw.getGenericInterfaces()) collect(one);
        }
    }

    /** The class that a value of this type has in byte code. */
    Class<?> erasure(Type type) {
        if (type instanceof Class<?> plain) return plain;
        if (type instanceof ParameterizedType parameterized) return erasure(parameterized.getRawType());
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(erasure(array.getGenericComponentType()), 0)
                    .getClass();
        }
        if (type instanceof WildcardType wildcard) return erasure(wildcard.getUpperBounds()[0]);
        TypeVariable<?> variable = (TypeVariable<?>) type;
        Type bound = bindings.get(variable);
        return erasure(bound == null ? variable.getBounds()[0] : bound);
    }
}
