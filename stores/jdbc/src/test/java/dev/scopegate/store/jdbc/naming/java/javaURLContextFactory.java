package dev.scopegate.store.jdbc.naming.java;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NameNotFoundException;
import javax.naming.spi.ObjectFactory;

/** What answers for names that begin with {@code java:}, as a container's naming does. JNDI prescribes the class's name. */
public final class javaURLContextFactory implements ObjectFactory {
    private static final Map<String, Object> BOUND = new ConcurrentHashMap<>();

    public static void bind(String name, Object value) {
        BOUND.put(name, value);
    }

    @Override
    public Object getObjectInstance(Object reference, Name name, Context context, Hashtable<?, ?> environment) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("lookup")) return null;
                    Object bound = BOUND.get(arguments[0].toString());
                    if (bound == null) throw new NameNotFoundException("nothing has this name");
                    return bound;
                });
    }
}
