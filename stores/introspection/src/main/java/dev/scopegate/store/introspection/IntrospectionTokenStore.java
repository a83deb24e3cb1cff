package dev.scopegate.store.introspection;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.config.Setting;
import dev.scopegate.config.Settings;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoreHealth;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of another authorization server, which is asked about each of them (RFC 7662). Their owners and ids carry its issuer;
 * their scopes pass an allow-list. A server that does not answer, or not as the RFC says, is "unavailable" and never a grant.
 * The last store of a chain. Safe for any number of threads.
 */
public final class IntrospectionTokenStore implements TokenStore {
    private static final List<Setting<String>> OWN_PREFIXES = List.of(
            Settings.PREFIX_PERSONAL, Settings.PREFIX_ACCESS, Settings.PREFIX_REFRESH, Settings.PREFIX_API_KEY_SECRET);

    private final String prefix;
    private final Server server;
    private final Judge judge;
    private final Circuit circuit;

    private IntrospectionTokenStore(String prefix, Server server, Judge judge, Circuit circuit) {
        this.prefix = prefix;
        this.server = server;
        this.judge = judge;
        this.circuit = circuit;
    }

    /**
     * A store by settings; the server is not asked anything yet.
     *
     * @param clock decides which tokens are not valid yet
     * @throws ConfigurationException when a setting is missing or wrong
     */
    public static IntrospectionTokenStore open(Configuration configuration, Clock clock) {
        String prefix = configuration.get(IntrospectionTokenStoreFactory.TOKEN_PREFIX);
        refuseOurs(prefix, configuration);
        ScopeFilter scopes = configuration
                .find(IntrospectionTokenStoreFactory.SCOPES)
                .map(ScopeFilter::of)
                .orElseGet(ScopeFilter::standard);
        String audience =
                configuration.find(IntrospectionTokenStoreFactory.AUDIENCE).orElse(null);
        Judge judge = new Judge(issuer(configuration), audience, scopes, clock);
        Circuit circuit = new Circuit(
                configuration.get(IntrospectionTokenStoreFactory.CONCURRENCY),
                configuration.get(IntrospectionTokenStoreFactory.TIMEOUT),
                configuration.get(IntrospectionTokenStoreFactory.RETRY),
                new SteadyClock());
        return new IntrospectionTokenStore(prefix, new Server(configuration), judge, circuit);
    }

    /** An issuer stands before {@code |} in owners and ids, so it can hold none. */
    private static String issuer(Configuration configuration) {
        String issuer = configuration.get(IntrospectionTokenStoreFactory.ISSUER);
        if (issuer.isEmpty() || !issuer.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '|')) {
            throw new ConfigurationException("introspection-issuer is empty or holds a blank, a '|' or no ASCII");
        }
        return issuer;
    }

    private static void refuseOurs(String prefix, Configuration configuration) {
        for (Setting<String> own : OWN_PREFIXES) {
            if (configuration
                    .find(own)
                    .filter(ours -> prefix.startsWith(ours + "_"))
                    .isPresent()) {
                throw new ConfigurationException("introspection-token-prefix begins like our own tokens (" + own.key()
                        + "), which never leave the process");
            }
        }
    }

    /** Everything that is not of our own format and begins as configured. */
    @Override
    public boolean claims(BearerToken presented) {
        return !presented.isOpaque() && (prefix.isEmpty() || presented.reveal().startsWith(prefix));
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
        if (!claims(presented)) return null;
        AccessToken token = circuit.run(deadline -> {
            Reply reply = server.ask(presented.reveal(), deadline);
            return judge.judge(Answer.read(reply.content()), presented.lookUpKey());
        });
        return token == null ? null : StoredToken.identifiedAsWhole(token);
    }

    @Override
    public StoreHealth health() {
        return circuit.health();
    }

    /** Ends the store's threads; look-ups that are under way end as failures. */
    @Override
    public void close() {
        server.close();
    }
}
