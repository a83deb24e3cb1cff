package dev.scopegate.store.jdbc;

import dev.scopegate.config.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables, made and brought up to date by the migrations in this jar. */
final class Schema {
    private Schema() {}

    static Dialect prepare(DataSource source) {
        try (Connection connection = source.getConnection()) {
            Dialect dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
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
}
