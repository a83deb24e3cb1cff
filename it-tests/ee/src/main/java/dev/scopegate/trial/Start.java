package dev.scopegate.trial;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** Makes tokens, by their names, for the callers of the tests, and writes it into the folder that {@code scopegate.home} names. */
public class Start implements ServletContextListener {
    private static final Map<String, List<String>> SCOPES =
            Map.of("ada", List.of("public", "vault.open"), "ada-phone", List.of("public"), "eve", List.of("public"));

    private @Nullable Connection open;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:tokens");
            open = database.getConnection("sa", "sa"); // it lives as long as a connection to it
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        ServletContext context = event.getServletContext();
        Map<String, String> params = new HashMap<>();
        context.getInitParameterNames()
                .asIterator()
                .forEachRemaining(name -> params.put(name, context.getInitParameter(name)));
        Scopegate scopegate = Scopegate.start(Configuration.builder(Scopegate.settings())
                .addPrefixed("context-params", params)
                .build());
        context.setAttribute(Scopegate.ATTRIBUTE, scopegate);
        try {
            Path home = Files.createDirectories(Path.of(System.getProperty("scopegate.home")));
            for (String name : SCOPES.keySet()) Files.writeString(home.resolve(name), minted(scopegate, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Unavailable e) {
            throw new IllegalStateException(e);
        }
    }

    private static String minted(Scopegate scopegate, String name) throws Unavailable {
        BearerToken plain = scopegate.format().mint(TokenKind.PERSONAL);
        String id = Objects.requireNonNull(plain.id());
        String owner = name.split("-", -1)[0];
        AccessToken facts = AccessToken.builder(TokenKind.PERSONAL, id, name, owner)
                .createdBy(owner)
                .createdAt(Instant.now())
                .scopes(Objects.requireNonNull(SCOPES.get(name)))
                .hint(scopegate.format().hint(TokenKind.PERSONAL, id))
                .build();
        NewToken minted = new NewToken(facts, plain);
        Objects.requireNonNull(scopegate.repository()).add(StoredToken.of(minted), Instant.now());
        return minted.reveal();
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (event.getServletContext().getAttribute(Scopegate.ATTRIBUTE) instanceof Scopegate scopegate)
            scopegate.close();
        try {
            if (open != null) open.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
