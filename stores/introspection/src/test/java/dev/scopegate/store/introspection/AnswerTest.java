package dev.scopegate.store.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each answer makes of a token. */
class AnswerTest {
    private static final String TOKEN = "foreign-token-1";
    private static final int PLAYS_AT = 1_772_600_767; // 2026-03-04T05:06:07Z, like the tests' clock

    private final AuthServer server;
    private final IntrospectionTokenStore store;

    AnswerTest() throws Exception {
        server = new AuthServer();
        store = Stores.open(server.url(), "introspection-audience", "hub");
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'active':false}; unknown",
                "{'active':false,'sub':7,'exp':'never'}; unknown",
                "{'active':true,'sub':'ada','aud':'hub'}; active",
                "{'active':true,'sub':'ada','aud':['other','hub']}; active",
                "{'active':true,'sub':'ada','aud':'hub','ext':{'a':[1,{'b':null}]}}; active",
                // not the RFC's
                "{}; unavailable",
                "{'active':'true','sub':'ada','aud':'hub'}; unavailable",
                "{'active':1,'sub':'ada','aud':'hub'}; unavailable",
                "{'active':null}; unavailable",
                "{'active':false,'active':true,'sub':'ada','aud':'hub'}; unavailable",
                "{'active':true,'sub':'ada','sub':'root','aud':'hub'}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub'} {}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub'; unavailable",
                "[{'active':true}]; unavailable",
                "'active'; unavailable",
                "true; unavailable",
                "null; unavailable",
                "<html>active</html>; unavailable",
                // whose it is
                "{'active':true,'sub':'ada','aud':'other'}; unknown",
                "{'active':true,'sub':'ada','aud':'HUB'}; unknown",
                "{'active':true,'sub':'ada'}; unknown",
                "{'active':true,'sub':'ada','aud':[]}; unknown",
                "{'active':true,'sub':'ada','aud':['hub',7]}; unavailable",
                "{'active':true,'sub':'ada','aud':{'hub':1}}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub','iss':'https://login.example'}; active",
                "{'active':true,'sub':'ada','aud':'hub','iss':null}; active",
                "{'active':true,'sub':'ada','aud':'hub','iss':'https://login.example/'}; unknown",
                "{'active':true,'sub':'ada','aud':'hub','iss':'https://evil.example'}; unknown",
                "{'active':true,'sub':'ada','aud':'hub','iss':['https://login.example']}; unavailable",
                "{'active':true,'aud':'hub'}; unknown",
                "{'active':true,'aud':'hub','username':'ada'}; unknown",
                "{'active':true,'aud':'hub','client_id':'batch'}; active",
                "{'active':true,'sub':'','aud':'hub','client_id':'batch'}; unknown",
                "{'active':true,'sub':'client:batch','aud':'hub'}; unknown",
                "{'active':true,'sub':7,'aud':'hub'}; unavailable",
                // what it is
                "{'active':true,'sub':'ada','aud':'hub','token_type':'bearer'}; active",
                "{'active':true,'sub':'ada','aud':'hub','token_type':'DPoP'}; unknown",
                "{'active':true,'sub':'ada','aud':'hub','token_type':'mac'}; unknown",
                "{'active':true,'sub':'ada','aud':'hub','token_type':7}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub','cnf':{'jkt':'x'}}; unknown",
                "{'active':true,'sub':'ada','aud':'hub','cnf':{'x5t#S256':'x'}}; unknown",
                "{'active':true,'sub':'ada','aud':'hub','cnf':{}}; unknown",
                "{'active':true,'sub':'ada','aud':'hub','cnf':null}; active",
                "{'active':true,'sub':'ada','aud':'hub','token_use':'access_token'}; active",
                "{'active':true,'sub':'ada','aud':'hub','token_use':'refresh_token'}; unknown",
                "{'active':true,'sub':'ada','aud':'hub','typ':'Bearer'}; active",
                "{'active':true,'sub':'ada','aud':'hub','typ':'Refresh'}; unknown",
                // when it is
                "{'active':true,'sub':'ada','aud':'hub','exp':1772600768,'nbf':1772600767,'iat':1}; active",
                "{'active':true,'sub':'ada','aud':'hub','exp':'1772600768'}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub','exp':1772600768000}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub','exp':9223372036854775808}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub','exp':1e99}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub','exp':-1}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub','exp':1772600768.5}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub','exp':true}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub','nbf':1772600768}; unknown",
                "{'active':true,'sub':'ada','aud':'hub','nbf':'0'}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub','nbf':-9223372036854775809}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub','iat':'now'}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub','scope':['read']}; unavailable",
                "{'active':true,'sub':'ada','aud':'hub','jti':7}; unavailable",
            })
    void anAnswerGrantsOnlyWhatItSaysWithoutDoubt(String answer, String outcome) {
        server.know(TOKEN, answer.replace('\'', '"'));

        assertThat(Stores.outcome(store, TOKEN)).startsWith(outcome).doesNotContain("hub", "ada", "evil");
    }

    @Test
    void theClockOfTheTableIsThatOfTheTests() {
        assertThat(Stores.CLOCK.instant().getEpochSecond()).isEqualTo(PLAYS_AT);
    }
}
