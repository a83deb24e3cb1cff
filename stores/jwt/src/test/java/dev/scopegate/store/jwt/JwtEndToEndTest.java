package dev.scopegate.store.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.access.Admission;
import dev.scopegate.access.Requirement;
import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.ChainedTokenStore;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenStore;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** JWTs through the whole of core: header, chain, cache, denylist, expiry. */
class JwtEndToEndTest extends JwtHarness {
    /** Counts what is verified: each time, and no other, it is asked whether the token is denied. */
    private final class CountingDenylist implements Denylist {
        private final AtomicInteger asked = new AtomicInteger();
        private final Denylist list = new dev.scopegate.store.InMemoryDenylist(time);
        private volatile boolean down;

        @Override
        public void deny(String jti, Instant until) throws Unavailable {
            list.deny(jti, until);
        }

        @Override
        public boolean denies(String jti) throws Unavailable {
            asked.incrementAndGet();
            if (down) throw new Unavailable("the list is down", null);
            return list.denies(jti);
        }

        @Override
        public dev.scopegate.store.TokenChanges changes() {
            return list.changes();
        }
    }

    private final CountingDenylist denylist = new CountingDenylist();
    private final InMemoryTokenStore opaque = new InMemoryTokenStore();
    private TestKey key;
    private Scopegate scopegate;

    @BeforeEach
    void start() throws Exception {
        key = TestKey.ec("k");
        keyFile(TestKey.set(key));
        scopegate = scopegate(new ChainedTokenStore(List.of(opaque, open(denylist))));
    }

    private Scopegate scopegate(TokenStore store) {
        return Scopegate.builder()
                .catalog(ScopeCatalog.of(
                        Scope.named("public"), Scope.named("data.data").implying("public")))
                .format(tokens.format())
                .store(store)
                .clock(time)
                .build();
    }

    @AfterEach
    void stop() {
        scopegate.close();
    }

    private Admission admit(String token) {
        return scopegate
                .check()
                .authenticate(List.of("Bearer " + token).iterator(), () -> ClientAddress.ofPeer("127.0.0.1"));
    }

    private AccessToken require(String token) throws Exception {
        Admission admission = admit(token);
        scopegate.check().authorize(admission, Requirement.of(Requirement.Access.TOKEN), name -> null);
        return Objects.requireNonNull(admission.accessToken());
    }

    private void refused(String token) {
        assertThatThrownBy(() -> require(token))
                .isInstanceOfSatisfying(
                        AccessDenied.class, e -> assertThat(e.problem().code()).isEqualTo("invalid_token"));
    }

    @Test
    void aRequestIsLetInByAJwtAndBesideItByATokenOfOurOwn() throws Exception {
        NewToken own = tokens.mint("grace", "ci");
        opaque.add(StoredToken.of(own), time.instant());

        AccessToken token = require(new Forge(key).signedBy(key));
        assertThat(token.owner()).isEqualTo("https://idp.example|ada");
        assertThat(scopegate.check().grants(token, "public")).isTrue();
        assertThat(scopegate.check().grants(token, "admin")).isFalse();
        assertThat(require(own.reveal()).owner()).isEqualTo("grace");
        refused(new Forge(key).claim("aud", "shop").signedBy(key));
        refused("a.b.c");
    }

    @Test
    void aTokenIsVerifiedOnceForAHundredRequests() throws Exception {
        String token = new Forge(key).signedBy(key);
        for (int i = 0; i < 100; i++) assertThat(require(token)).isNotNull();
        assertThat(denylist.asked).hasValue(1);

        String other = new Forge(key).claim("jti", "t-2").signedBy(key);
        AtOnce.run(8, thread -> require(other));
        assertThat(denylist.asked).hasValue(2);
    }

    @Test
    void aDeniedTokenIsRefusedAtOnceInEitherSpelling() throws Exception {
        String one = new Forge(key).signedBy(key);
        String other = new Forge(key).signedBy(key);
        String another = new Forge(key).claim("jti", "t-2").signedBy(key);
        assertThat(one).isNotEqualTo(other);
        AccessToken token = require(one);
        assertThat(require(other).id()).isEqualTo(token.id());
        assertThat(require(another).id()).isNotEqualTo(token.id());

        denylist.deny(token.id(), Objects.requireNonNull(token.expiresAt()));
        refused(one);
        refused(other);
        assertThat(require(another)).isNotNull();
    }

    @Test
    void aDeniedTokenDoesNotComeBackInTheSkewAfterItsExpiry() throws Exception {
        String token = new Forge(key).expires(time.instant().plusSeconds(5)).signedBy(key);
        AccessToken facts = require(token);
        denylist.deny(facts.id(), Objects.requireNonNull(facts.expiresAt()));
        time.pass(Duration.ofSeconds(10));
        denylist.deny("another", time.instant().plusSeconds(60));

        refused(token);
    }

    @Test
    void whatCannotBeToldIsNoRefusalAndNoGrant() {
        denylist.down = true;

        assertThatThrownBy(() -> require(new Forge(key).signedBy(key))).isInstanceOf(Unavailable.class);
    }

    @Test
    void theSkewHoldsForACachedTokenToo() throws Exception {
        String token = new Forge(key).expires(time.instant().plusSeconds(10)).signedBy(key);
        String late = new Forge(key)
                .expires(time.instant().plusSeconds(10))
                .claim("jti", "l")
                .signedBy(key);
        assertThat(require(token)).isNotNull();
        time.pass(Duration.ofSeconds(39)); // NOW is 89 ms into its second
        assertThat(require(token)).isNotNull();
        assertThat(require(late)).isNotNull();
        time.pass(Duration.ofMillis(910));
        assertThat(require(token)).isNotNull();
        time.pass(Duration.ofMillis(1));
        refused(token);
        refused(late);
        refused(new Forge(key)
                .expires(time.instant().minusSeconds(31))
                .claim("jti", "x")
                .signedBy(key));
    }

    @Test
    void settingsAloneMakeAChain() throws Exception {
        settings.put("store", "json-file,jwt");
        settings.put(
                "scope-catalog",
                Files.writeString(folder.resolve("scopes.json"), "{\"scopes\":[{\"name\":\"public\"}]}")
                        .toString());
        settings.put(
                "token-file",
                Files.writeString(folder.resolve("tokens.json"), "{\"tokens\":[]}")
                        .toString());
        long exp = Instant.now().getEpochSecond() + 60;
        try (Scopegate made = Scopegate.start(Configuration.builder(Scopegate.settings())
                .add("web.xml", settings)
                .build())) {
            StoredToken found = made.store()
                    .find(present(
                            new Forge(key).claim("exp", exp).claim("iat", null).signedBy(key)));
            assertThat(found).isNotNull();
        }
    }

    @Test
    void aStoreThatIsGivenNoListKeepsOneForWhoeverRevokes() throws Exception {
        JwtTokenStore alone = open();
        Denylist own = Objects.requireNonNull(alone.denylist());
        String token = new Forge(key).signedBy(key);
        try (Scopegate other = scopegate(alone)) {
            assertThat(other.store().find(present(token))).isNotNull();
            own.deny("https://idp.example|t-1", time.instant());
            assertThat(other.store().find(present(token))).isNull();
        }
        assertThat(open(denylist).denylist())
                .as("another store's list is not its own")
                .isNull();
    }
}
