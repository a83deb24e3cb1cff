package dev.scopegate.it.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RequestsTableTest {
    private static final String COLUMNS = "name,who,method,path,headers,body,status,code,challenge,checks,except\n";

    @Test
    void the_table_is_whole() {
        List<Row> rows = Row.all();

        assertThat(rows).hasSizeGreaterThan(300);
        for (String container : List.of("jetty", "tomcat", "wildfly", "liberty", "payara", "glassfish")) {
            assertThat(rows)
                    .filteredOn(row -> row.except().keySet().stream().anyMatch(name -> name.startsWith(container)))
                    .as("exceptions for " + container + " are few")
                    .hasSizeLessThan(20);
        }
    }

    @Test
    void a_row_may_have_cells_of_several_lines_and_leave_the_last_ones_out() {
        Row row = Row.parse(
                        "# a comment, \"as it is\n" + COLUMNS
                                + "\n\"it, \"\"said\"\"\",none,GET,/x,\"A: 1\nB: 2\",,401,a b@c,bearer,,\"tomcat 400 -\nwild 401 x y z\"\nnext,none,GET,/y,,,200\n")
                .get(0);

        assertThat(row.line()).isEqualTo(4);
        assertThat(row.name()).isEqualTo("it, \"said\"");
        assertThat(row.headers()).containsExactly("A: 1", "B: 2");
        assertThat(row.expected()).isEqualTo(new Row.Expected(401, List.of("a", "b@c"), "bearer"));
        assertThat(row.expectedOf("jetty-12.1")).isEqualTo(row.expected());
        assertThat(row.expectedOf("tomcat-10.1").byContainer()).isTrue();
        assertThat(row.expectedOf("wildfly")).isEqualTo(new Row.Expected(401, List.of("x"), "y z"));
    }

    @Test
    void a_mistake_names_its_line() {
        assertThatThrownBy(() -> Row.parse(COLUMNS + "a,none,GET,/,,,200\na,none,GET,/,,,200\n"))
                .hasMessageContaining("line 3")
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> Row.parse(COLUMNS + "a,none,GET,/,,,ok\n")).hasMessageContaining("line 2");
    }
}
