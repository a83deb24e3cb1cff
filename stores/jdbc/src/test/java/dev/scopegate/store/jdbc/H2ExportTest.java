package dev.scopegate.store.jdbc;

class H2ExportTest extends JdbcExportContract {
    private final String url = "jdbc:h2:mem:" + Databases.newName() + ";DB_CLOSE_DELAY=-1";

    @Override
    protected JdbcTokenStore open() {
        return Databases.open(url, "sa", "");
    }

    @Override
    String url() {
        return url;
    }

    @Override
    String user() {
        return "sa";
    }
}
