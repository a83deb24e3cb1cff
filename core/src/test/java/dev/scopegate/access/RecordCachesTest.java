package dev.scopegate.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.testkit.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RecordCachesTest {
    record Compared(Compared other) {}

    /** Defines the record anew, as an application's loader does. */
    private static final class Loader extends ClassLoader {
        Class<?> record() throws IOException {
            String name = Compared.class.getName();
            try (InputStream file = Compared.class.getResourceAsStream("RecordCachesTest$Compared.class")) {
                byte[] bytes = Objects.requireNonNull(file).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }

    private static WeakReference<ClassLoader> loaderOfComparedRecords() throws Exception {
        Class<?> type = new Loader().record();
        Constructor<?> constructor = type.getDeclaredConstructor(type);
        constructor.setAccessible(true);
        Object one = constructor.newInstance((Object) null);
        Object other = constructor.newInstance((Object) null);
        assertThat(one.equals(other)).isTrue();
        assertThat(one.hashCode()).isEqualTo(other.hashCode());
        return new WeakReference<>(type.getClassLoader());
    }

    @Test
    void theClassThatWasComparedLastIsLetGo() throws Exception {
        WeakReference<ClassLoader> loader = loaderOfComparedRecords();

        RecordCaches.forgetApplication();

        Eventually.holds(() -> {
            System.gc();
            return loader.get() == null;
        });
    }
}
