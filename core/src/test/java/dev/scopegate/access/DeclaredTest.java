package dev.scopegate.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.annotation.RequiresScope;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where an annotation is found for a method, in all the ways in which Java lets a method stand elsewhere. */
class DeclaredTest {
    interface Reading {
        @RequiresScope("interface")
        default void read() {}

        default void plain() {}
    }

    static class Base {
        @RequiresScope("base")
        public void edit() {}

        @RequiresScope("base")
        public void read() {}

        @RequiresScope("hidden")
        @SuppressWarnings("UnusedMethod") // that it is not overridden is what is tested
        private void own() {}

        @RequiresScope("static")
        static void still() {}
    }

    static class Middle extends Base implements Reading {
        @Override
        public void edit() {}

        @Override
        public void read() {}

        public void own() {}
    }

    /** What CDI and EJB make: a subclass that overrides all and repeats no annotation. */
    static class Proxy extends Middle {
        @Override
        public void edit() {}

        @Override
        public void read() {}

        @Override
        public void plain() {}
    }

    interface Generic<T, L extends List<?>> {
        @RequiresScope("generic")
        void put(T value);

        @RequiresScope("array")
        void putAll(T[] values);

        @RequiresScope("bounded")
        void list(L values);

        @RequiresScope("two")
        void put(T value, int times);
    }

    static class OfStrings implements Generic<String, List<String>> {
        @Override
        public void put(String value) {}

        @Override
        public void putAll(String[] values) {}

        @Override
        public void list(List<String> values) {}

        @Override
        public void put(String value, int times) {}

        public void put() {}
    }

    static class OwnAnnotation implements Generic<String, List<String>> {
        @Override
        @RequiresScope("own")
        public void put(String value) {}

        @Override
        public void putAll(String[] values) {}

        @Override
        public void list(List<String> values) {}

        @Override
        public void put(String value, int times) {}
    }

    @RequiresScope("class interface")
    interface Marked {}

    interface AlsoMarked extends Marked {}

    static class ByInterface implements AlsoMarked {}

    @RequiresScope("class")
    static class ByClass implements Marked {}

    static class ByClassProxy extends ByClass {}

    private static @Nullable String onMethod(Class<?> type, String name, Class<?>... parameters) throws Exception {
        return onMethod(type, method(type, name, parameters));
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) throws Exception {
        return type.getMethod(name, parameters);
    }

    private static @Nullable String onMethod(Class<?> type, Method method) {
        RequiresScope found = Declared.onMethod(type, method, RequiresScope.class);
        return found == null ? null : found.value()[0];
    }

    private static @Nullable String onClass(Class<?> type) {
        RequiresScope found = Declared.onClass(type, RequiresScope.class);
        return found == null ? null : found.value()[0];
    }

    @Test
    void anAnnotationOnTheOverriddenMethodHolds() throws Exception {
        assertThat(onMethod(Base.class, "edit")).isEqualTo("base");
        assertThat(onMethod(Middle.class, "edit")).isEqualTo("base");
    }

    @Test
    void aSuperclassIsNearerThanAnInterface() throws Exception {
        assertThat(onMethod(Middle.class, "read")).isEqualTo("base");
    }

    @Test
    void aProxySubclassIsPassedThrough() throws Exception {
        assertThat(onMethod(Proxy.class, "edit")).isEqualTo("base");
        assertThat(onMethod(Proxy.class, "read")).isEqualTo("base");
        assertThat(onMethod(Proxy.class, "plain")).isNull();
        assertThat(onMethod(Proxy.class, method(Base.class, "edit"))).isEqualTo("base");
        assertThat(onMethod(Proxy.class, method(Reading.class, "read"))).isEqualTo("base");
    }

    @Test
    void aPrivateOrStaticMethodOfTheSameNameIsNotOverridden() throws Exception {
        assertThat(onMethod(Middle.class, "own")).isNull();
        assertThat(Declared.onMethod(Base.class, Base.class.getDeclaredMethod("still"), RequiresScope.class))
                .isNotNull();
    }

    @Test
    void aMethodOfAGenericInterfaceIsRecognised() throws Exception {
        assertThat(onMethod(OfStrings.class, "put", String.class)).isEqualTo("generic");
        assertThat(onMethod(OfStrings.class, "putAll", String[].class)).isEqualTo("array");
        assertThat(onMethod(OfStrings.class, "list", List.class)).isEqualTo("bounded");
        assertThat(onMethod(OfStrings.class, "put", String.class, int.class)).isEqualTo("two");
        assertThat(onMethod(OfStrings.class, "put")).isNull();
    }

    @Test
    void anImplementationsOwnAnnotationWinsAlsoWhenTheInterfacesMethodIsAskedFor() throws Exception {
        assertThat(onMethod(OwnAnnotation.class, "put", String.class)).isEqualTo("own");
        assertThat(onMethod(OwnAnnotation.class, method(Generic.class, "put", Object.class)))
                .isEqualTo("own");
        assertThat(onMethod(OwnAnnotation.class, "put", Object.class)).isEqualTo("own");
    }

    @Test
    void aClassHasWhatItsSuperclassesAndInterfacesHave() {
        assertThat(onClass(ByClass.class)).isEqualTo("class");
        assertThat(onClass(ByClassProxy.class)).isEqualTo("class");
        assertThat(onClass(ByInterface.class)).isEqualTo("class interface");
        assertThat(onClass(Base.class)).isNull();
        assertThat(onClass(Object.class)).isNull();
    }

    interface OfNumbers<T> {
        @RequiresScope("number")
        void put(T value);
    }

    static class Overloading implements OfNumbers<Integer> {
        @Override
        public void put(Integer value) {}

        public void put(String value) {}
    }

    @Test
    void anOverloadOfAGenericMethodInheritsNothingFromIt() throws Exception {
        assertThat(onMethod(Overloading.class, "put", Integer.class)).isEqualTo("number");
        assertThat(onMethod(Overloading.class, "put", String.class)).isNull();
    }
}
