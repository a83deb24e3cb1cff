package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.server.Hub;
import dev.scopegate.it.server.TestFiles;
import dev.scopegate.it.tokens.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hub that cannot start, or a command that is wrong, says why in one sentence and ends. */
final class HubStartIT {
    private Path folder;
    private Path home;

    @BeforeEach
    void aHomeWithTokens() throws IOException {
        folder = TestFiles.emptyFolder("start");
        home = Tokens.ofThisRun().copyHome(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --prot 8080                           | --port
                    --port eighty                         | eighty
                    --port 65536                          | 65536
                    --port                                | --port
                    --port 0 --port 0                     | --port
                    tokens create                         | token
                    token                                 | create
                    token creat --name x                  | create
                    token create --name x --scopes data.dat | data.data
                    token create --name x --scopes public --expires tomorrow | --expires
                    token create --name x --scopes public --networks 10.0.0.1/8 | 10.0.0.1/8
                    token create --name x --scopes public --resources penguins | KIND:NAME
                    token revoke                          | --id
                    token list --all true                 | --all
                    """)
    void wrong_arguments_end_with_2_and_a_sentence(String words, String named) throws Exception {
        Hub.Said said = Hub.run(List.of("-Dscopegate.home=" + home), words.split(" ", -1));

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertSentence(said, named);
    }

    @Test
    void help_is_no_error() throws Exception {
        Hub.Said said = Hub.run(List.of(), "--help");

        assertThat(said.exitCode()).isZero();
        assertThat(said.out()).contains("--port", "--host", "--home", "token create", "token revoke");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void a_command_does_not_warn_of_what_a_server_forgets() throws Exception {
        String[] words = {"token", "create", "--name", "another", "--scopes", "public", "--owner", "alice"};

        Hub.Said said = Hub.run(List.of("-Dscopegate.home=" + home, "-Dscopegate.store=json-file"), words);

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.err()).doesNotContain("the memory of this node");
    }

    @Test
    void a_second_active_token_of_the_same_name_is_refused() throws Exception {
        String[] words = {"token", "create", "--name", "data", "--scopes", "public", "--owner", "alice"};

        Hub.Said said = Hub.run(List.of("-Dscopegate.home=" + home), words);

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertSentence(said, "'data'", "'alice'");
    }

    @Test
    void revoking_what_is_not_there_is_told() throws Exception {
        Hub.Said said = Hub.run(List.of(), "token", "revoke", "--name", "nobody", "--home", home.toString());

        assertThat(said.exitCode()).isEqualTo(1);
        assertSentence(said, "no such token");
    }

    @Test
    void an_unknown_setting_stops_the_start_with_the_nearest_name() throws Exception {
        assertStops("-Dscopegate.realmm=x", "'realmm'", "'realm'");
    }

    @Test
    void an_ill_typed_setting_stops_the_start() throws Exception {
        assertStops("-Dscopegate.cache-ttl=soon", "'cache-ttl'", "60s");
    }

    @Test
    void a_catalog_that_goes_in_circles_stops_the_start_with_its_file_and_line() throws Exception {
        Path catalog = catalog("""
                {"scopes": [
                  {"name": "public", "default": true},
                  {"name": "a", "implies": ["b"]},
                  {"name": "b", "implies": ["a"]}
                ]}
                """);

        assertStops("-Dscopegate.scope-catalog=" + catalog, "catalog.json, line 3", "'a'", "cycle");
    }

    @Test
    void an_annotation_that_names_an_undeclared_scope_stops_the_start_with_the_nearest_name() throws Exception {
        Path catalog = catalog("""
                {"scopes": [{"name": "public", "default": true}, {"name": "data.overview"}, {"name": "data.metadata"},
                  {"name": "data.data"}, {"name": "data.edit"}, {"name": "job:execut"}, {"name": "message.send"}]}
                """);

        assertStops("-Dscopegate.scope-catalog=" + catalog, "'job:execute'", "'job:execut'");
    }

    @Test
    void a_token_file_that_is_no_json_stops_the_start_and_stays_as_it_is() throws Exception {
        Path tokens = Files.writeString(home.resolve("tokens.json"), "{\"tokens\": [\n{]}");

        assertStops("-Dscopegate.store=json-file", "tokens.json", "line 2");
        assertStops("-Dscopegate.store=jdbc", "tokens.json", "line 2");
        assertThat(tokens).hasContent("{\"tokens\": [\n{]}");
    }

    @Test
    void a_token_file_that_is_a_folder_stops_the_start() throws Exception {
        Files.delete(home.resolve("tokens.json"));
        Files.createDirectory(home.resolve("tokens.json"));

        assertStops("-Dscopegate.store=json-file", "tokens.json");
    }

    @Test
    void a_database_that_does_not_answer_stops_the_start() throws Exception {
        assertStops("-Dscopegate.jdbc-url=jdbc:postgresql://127.0.0.1:1/tokens", "jdbc-url", "127.0.0.1:1");
        assertStops("-Dscopegate.jdbc-url=jdbc:mariadb://127.0.0.1:1/tokens", "jdbc-url");
        assertStops("-Dscopegate.jdbc-url=jdbc:oracle:thin:@127.0.0.1", "jdbc-url", "no driver");
    }

    @Test
    void a_store_that_keeps_no_tokens_is_not_enough() throws Exception {
        assertStops("-Dscopegate.store=jdbk", "'jdbk'", "'jdbc'");
    }

    private Path catalog(String json) throws IOException {
        return Files.writeString(folder.resolve("catalog.json"), json);
    }

    private void assertStops(String jvmOption, String... named) throws Exception {
        Hub.Said said = Hub.run(List.of(jvmOption), "--port", "0", "--home", home.toString());

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out()).doesNotContain("http://");
        assertSentence(said, named);
    }

    private static void assertSentence(Hub.Said said, String... named) {
        List<String> sentences =
                said.err().lines().filter(line -> !line.contains(" INFO ")).toList();
        assertThat(sentences).as(said.err()).singleElement().asString().contains(named);
        assertThat(said.err()).doesNotContain("Exception").doesNotContain("\tat ");
    }
}
