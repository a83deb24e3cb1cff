package dev.scopegate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.jdbc.naming.java.javaURLContextFactory;
import dev.scopegate.testkit.TestTokens;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that cannot be used stops the start, in one sentence without a password. */
class JdbcStartTest {
    private static final String SECRET = "correct-horse";

    private static void refuses(String url, String words) {
        Throwable refusal = catchThrowable(() -> {
            Map<String, String> settings =
                    Map.of("jdbc-url", url, "jdbc-user", "ada", "jdbc-password", SECRET, "jdbc-timeout", "500ms");
            Databases.open(settings).close();
        });
        assertThat(refusal)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("jdbc-url: ")
                .hasMessageContaining(words);
        assertThat(refusal.getMessage())
                .doesNotContain(SECRET)
                .doesNotContain(url)
                .hasLineCount(1);
    }

    @Test
    void aWrongPasswordIsToldAndNotShown(@TempDir Path folder) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("tokens");
        Databases.execute(url, "ada", "select 1");

        refuses(url, "Wrong user name or password");
    }

    @Test
    void aPortWhereNobodyListensIsToldForEachDatabase() throws Exception {
        int port;
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = once.getLocalPort();
        }
        String query = "/tokens?password=" + SECRET;
        refuses("jdbc:postgresql://127.0.0.1:" + port + query, "refused");
        refuses("jdbc:mariadb://127.0.0.1:" + port + query, "refused");
        refuses("jdbc:h2:tcp://127.0.0.1:" + port + "/tokens;PASSWORD=" + SECRET, "");
    }

    @Test
    void aUrlThatNoDriverTakesIsTold() {
        for (String url : List.of("jdbc:nosuch:tokens?password=" + SECRET, "tokens", "jdbc:")) {
            refuses(url, "no driver on the class path takes such a URL");
        }
    }

    /** A container's pool under its name, by the JDK's own way to the names that begin with {@code java:}. */
    @Test
    void aContainersDataSourceIsFoundByItsName() throws Exception {
        System.setProperty("java.naming.factory.url.pkgs", "dev.scopegate.store.jdbc.naming");
        try {
            String url = "jdbc:h2:mem:" + Databases.newName() + ";DB_CLOSE_DELAY=-1";
            javaURLContextFactory.bind("java:comp/env/jdbc/tokens", JdbcConnectionPool.create(url, "sa", ""));
            javaURLContextFactory.bind("java:comp/env/mail", "no database");
            StoredToken token = new TestTokens().stored("ada", "ci");
            try (TokenRepository store = Databases.open(Map.of("jdbc-data-source", "java:comp/env/jdbc/tokens"));
                    TokenRepository other = Databases.open(url, "sa", "")) {
                store.add(token, TestTokens.NOW);
                assertThat(other.get(token.token().id())).isEqualTo(token);
            }
            refusesDataSource("java:comp/env/jdbc/token", "the container knows no java:comp/env/jdbc/token");
            refusesDataSource("java:comp/env/mail", "java:comp/env/mail is no DataSource");
            refusesDataSource("ldap://127.0.0.1/tokens", "begins with 'java:'");
        } finally {
            System.clearProperty("java.naming.factory.url.pkgs");
        }
    }

    private static void refusesDataSource(String name, String words) {
        assertThat(catchThrowable(() -> Databases.open(Map.of("jdbc-data-source", name))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("jdbc-data-source: ")
                .hasMessageContaining(words);
    }

    @Test
    void aUrlThatItsDriverCannotReadIsTold() {
        refuses("jdbc:h2:mem:tokens;PASSWORD=" + SECRET + ";NO_SUCH_SETTING=1", "NO_SUCH_SETTING");
    }
}
