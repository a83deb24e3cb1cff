package dev.scopegate.sample.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginPageTest {
    private static String form(String name) {
        return LoginPage.form("/hub", "csrf", null, null, name);
    }

    @Test
    void who_has_given_a_name_goes_on_at_the_password() {
        assertThat(form("ada"))
                .containsPattern("id=\"username\"[^>]* value=\"ada\"")
                .containsPattern("id=\"password\"[^>]* autofocus")
                .doesNotContainPattern("id=\"username\"[^>]* autofocus");
    }

    @Test
    void who_has_given_none_begins_with_it() {
        assertThat(form(""))
                .containsPattern("id=\"username\"[^>]* autofocus")
                .doesNotContainPattern("id=\"password\"[^>]* autofocus");
    }

    @Test
    void a_name_is_text_whatever_it_holds() {
        assertThat(form("\"><script>'&")).contains("value=\"&quot;&gt;&lt;script&gt;&#39;&amp;\"");
    }
}
