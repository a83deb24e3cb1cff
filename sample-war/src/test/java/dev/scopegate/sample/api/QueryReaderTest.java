package dev.scopegate.sample.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.Fields;
import dev.scopegate.issuer.json.JsonBody;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.sample.data.Datasets;
import dev.scopegate.sample.data.Selection;
import dev.scopegate.sample.data.Table;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryReaderTest {
    private static final Table MEASUREMENTS =
            Objects.requireNonNull(Datasets.demo().find("measurements")).table();

    private static Selection read(String query) throws IOException, AccessDenied {
        byte[] bytes = query.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        FieldErrors errors = new FieldErrors();
        Fields fields = JsonBody.read(new ByteArrayInputStream(bytes), MediaType.APPLICATION_JSON_TYPE)
                .fields(errors);
        Selection selection = new QueryReader(MEASUREMENTS, errors).read(fields);
        errors.check();
        return selection;
    }

    @Test
    void an_empty_query_means_the_first_thousand_rows() throws Exception {
        Selection all = read("{}");

        assertThat(all.columns()).hasSize(MEASUREMENTS.variables().size());
        assertThat(all.where()).isEmpty();
        assertThat(all.limit()).isEqualTo(1_000);
        assertThat(all.offset()).isZero();
    }

    @Test
    void values_are_read_in_their_variables_type() throws Exception {
        Selection some = read("{'select':['battery_v','station'],'limit':1000000,'where':["
                + "{'variable':'measured_at','op':'>=','value':'2025-01-31T01:00:00+01:00'},"
                + "{'variable':'temperature_c','op':'in','value':[1,2.5]},"
                + "{'variable':'temperature_c','op':'!=','value':null},"
                + "{'variable':'station','op':'contains','value':'WS-01'}]}");

        assertThat(some.columns()).containsExactly(5, 0);
        assertThat(some.limit()).isEqualTo(1_000_000);
        assertThat(some.where().stream().map(one -> String.valueOf(one.value())))
                .containsExactly("2025-01-31T00:00:00Z", "[1, 2.5]", "null", "WS-01");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'select':[]} | invalid@select",
                "{'select':'station'} | invalid_type@select",
                "{'select':['station','nope',3,'station']} | invalid@select.1 invalid_type@select.2 invalid@select.3",
                "{'limit':0} | invalid@limit",
                "{'offset':1} | unknown_field@offset",
                "{'sql':'select 1'} | unknown_field@sql",
                "{'where':[{}]} | required@where.0.variable required@where.0.op required@where.0.value",
                "{'where':[{'variable':'x','op':'=','value':1}]} | invalid@where.0.variable",
                "{'where':[{'variable':'station','op':'like','value':'x'}]} | invalid@where.0.op",
                "{'where':[{'variable':'battery_v','op':'contains','value':'x'}]} | invalid@where.0.op",
                "{'where':[{'variable':'battery_v','op':'<','value':'3'}]} | invalid_type@where.0.value",
                "{'where':[{'variable':'station','op':'=','value':3}]} | invalid_type@where.0.value",
                "{'where':[{'variable':'station','op':'<','value':null}]} | invalid_type@where.0.value",
                "{'where':[{'variable':'station','op':'in','value':'x'}]} | invalid_type@where.0.value",
                "{'where':[{'variable':'station','op':'in','value':['x',1]}]} | invalid_type@where.0.value.1",
                "{'where':[{'variable':'measured_at','op':'<','value':'noon'}]} | invalid@where.0.value",
                "{'where':[{'variable':'station','op':'=','value':'x','or':1}]} | unknown_field@where.0.or",
            })
    void what_does_not_fit_the_table_is_named_by_its_path(String query, String expected) throws IOException {
        String found;
        try {
            found = read(query).toString();
        } catch (AccessDenied e) {
            Problem problem = e.problem();
            found = problem.errors().stream()
                    .map(one -> one.code() + "@" + one.attr())
                    .collect(Collectors.joining(" "));
        }
        assertThat(found).isEqualTo(expected);
    }
}
