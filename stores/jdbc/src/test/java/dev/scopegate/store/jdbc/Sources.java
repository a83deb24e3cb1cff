package dev.scopegate.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Data sources and connections with habits, around real ones. */
final class Sources {
    private Sources() {}

    /** A data source that lends what this makes. */
    static DataSource of(Callable<Connection> connections) {
        return (DataSource) Proxy.newProxyInstance(
                Sources.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) return connections.call();
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** A connection that a pool takes back instead. */
    static Connection withoutClosing(Connection real, Consumer<Connection> back) {
        return proxy(Connection.class, (method, arguments) -> {
            if (!method.getName().equals("close")) return method.invoke(real, arguments);
            back.accept(real);
            return null;
        });
    }

    /** What a pooler in transaction mode makes of LISTEN: each transaction may be another session's. */
    static Connection forgetfulOfListening(Connection real) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = method.invoke(real, arguments);
            return result instanceof Statement statement && method.getName().equals("createStatement")
                    ? forgetfulOfListening(statement)
                    : result;
        });
    }

    private static Statement forgetfulOfListening(Statement real) {
        return proxy(Statement.class, (method, arguments) -> {
            Object result = method.invoke(real, arguments);
            if (method.getName().equals("execute") && arguments[0].toString().startsWith("listen")) {
                real.execute("unlisten *");
            }
            return result;
        });
    }

    private interface Handler {
        Object call(Method method, Object[] arguments)
                throws IllegalAccessException, InvocationTargetException, SQLException;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                Sources.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return handler.call(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
