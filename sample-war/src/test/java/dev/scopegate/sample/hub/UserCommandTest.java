package dev.scopegate.sample.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scopegate.issuer.Passwords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final String password = UUID.randomUUID().toString();

    @TempDir
    Path folder;

    private int run(String action, String name, String typed) throws Exception {
        ByteArrayInputStream in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
        return new UserCommand(Home.open(folder), UserCommand.Source.of(in), print(out), print(err))
                .execute(action, Map.of("name", name));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    private HubUsers users() {
        return HubUsers.of(Home.open(folder));
    }

    @Test
    void add_lets_a_user_sign_in_and_keeps_no_password() throws Exception {
        assertThat(run("add", "ada", password + "\nnot this line\n")).isZero();

        assertThat(users().authenticate("ada", password)).isNotNull();
        assertThat(users().authenticate("ada", password + "\nnot this line")).isNull();
        assertThat(out.size()).isZero();
        assertThat(printed()).contains("User 'ada' may sign in.").doesNotContain(password);
        assertThat(Files.readString(folder.resolve("users.json"))).doesNotContain(password);
    }

    @Test
    void add_changes_nothing_about_a_user_who_is_there() throws Exception {
        run("add", "ada", password);

        assertThat(run("add", "ada", "another")).isEqualTo(1);

        assertThat(printed()).contains("there is a user 'ada'");
        assertThat(users().authenticate("ada", password)).isNotNull();
    }

    @Test
    void password_takes_the_old_ones_place() throws Exception {
        run("add", "ada", password);
        run("add", "eve", password);

        assertThat(run("password", "ada", "another")).isZero();

        assertThat(users().authenticate("ada", password)).isNull();
        assertThat(users().authenticate("ada", "another")).isNotNull();
        assertThat(users().authenticate("eve", password)).isNotNull();
        assertThat(users().find("ada").since())
                .isAfterOrEqualTo(users().find("eve").since());
        assertThat(printed()).contains("all its sign-ins are over");
    }

    @Test
    void password_needs_a_user_who_is_there() throws Exception {
        assertThat(run("password", "ada", password)).isEqualTo(1);

        assertThat(printed()).contains("there is no user 'ada'");
        assertThat(folder.resolve("users.json")).doesNotExist();
    }

    @Test
    void list_prints_the_names_alone() throws Exception {
        assertThat(run("users", "", "")).isZero();
        assertThat(out.size()).isZero();
        run("add", "eve", password);
        run("add", "ada", password);

        assertThat(run("users", "", "")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("eve", "ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ada", "a da", "a\tb"})
    void a_name_that_nobody_could_type_again_is_refused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("add", name, password))
                .withMessageContaining("a user's name has 1 to 64 characters");
        assertThat(folder.resolve("users.json")).doesNotExist();
    }

    @Test
    void a_password_that_cannot_be_one_is_refused() {
        for (String typed : new String[] {"", "\n", "x".repeat(73), "ü".repeat(37)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run("add", "ada", typed))
                    .withMessage("a password has 1 to 72 bytes");
        }
        assertThat(folder.resolve("users.json")).doesNotExist();
    }

    @Test
    void a_name_that_nobody_has_is_the_same_work_as_a_wrong_password() throws Exception {
        run("add", "ada", password);
        List<Boolean> compared = new ArrayList<>();
        HubUsers counting = HubUsers.of(Home.open(folder), new Passwords(), (typed, hash) -> {
            compared.add(hash != null);
            return true;
        });

        assertThat(counting.authenticate("ada", "wrong")).isNotNull();
        assertThat(compared).containsExactly(true);
        assertThat(counting.authenticate("eve", "wrong")).isNull();
        assertThat(compared).containsExactly(true, false);
    }
}
