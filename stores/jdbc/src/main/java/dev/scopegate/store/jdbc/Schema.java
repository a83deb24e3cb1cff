package dev.scopegate.store.jdbc;

import dev.scopegate.config.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables, made and brought up to date by the migrations in this jar. */
final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    private Schema() {}

    static Dialect prepare(DataSource source) {
        try (Connection connection = source.getConnection()) {
            Dialect dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
            if (dialect == Dialect.H2) writeAtOnce(connection);
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(source)
                    .locations(dialect.migrations())
                    .table("scopegate_schema")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
            return dialect;
        } catch (SQLException | FlywayException e) {
            throw new ConfigurationException("jdbc-url: the tables cannot be made: " + Complaint.of(e), e);
        }
    }

    /** H2 writes what is committed half a second later unless told otherwise: a revocation has to outlive the process. */
    private static void writeAtOnce(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set write_delay 0");
        } catch (SQLException e) {
            LOG.warn("H2 keeps its write delay, a process that dies may lose the last changes: {}", Complaint.of(e));
        }
    }
}
