package dev.scopegate.sample.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.Fields;
import dev.scopegate.sample.data.Condition;
import dev.scopegate.sample.data.Operator;
import dev.scopegate.sample.data.Selection;
import dev.scopegate.sample.data.Table;
import dev.scopegate.sample.data.Variable;
import dev.scopegate.sample.data.VariableType;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {"select":[name…],"where":[{"variable","op","value"}…],"limit"}}, all of which may be left out, against a
 * table's variables. A value has its variable's type (a timestamp is text), or is null with {@code =} and {@code !=}.
 */
final class QueryReader {
    private static final String NO_VARIABLE = "The name of a variable of this dataset.";
    private static final String OPERATORS =
            "One of " + String.join(" ", Operator.symbols()) + "; 'contains' for texts only, 'in' with a list.";

    private final Table table;
    private final FieldErrors errors;

    QueryReader(Table table, FieldErrors errors) {
        this.table = table;
        this.errors = errors;
    }

    /** The selection; of use only when there are no errors. */
    Selection read(Fields query) {
        List<Integer> columns = columns(query);
        List<Condition> where = new ArrayList<>();
        for (Fields one : query.optionalObjects("where")) {
            Condition condition = condition(one);
            if (condition != null) where.add(condition);
        }
        long limit = query.number("limit", RowsAnswer.DEFAULT_ROWS, 1, RowsAnswer.MAX_ROWS);
        query.noOthers();
        return new Selection(table, columns, where, 0, limit);
    }

    private List<Integer> columns(Fields query) {
        List<JsonNode> names = query.list("select");
        if (names == null) {
            return IntStream.range(0, table.variables().size()).boxed().toList();
        }
        if (names.isEmpty()) errors.invalid(query.attr("select"), "A list of at least one variable.");
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String attr = query.attr("select") + "." + i;
            String name = names.get(i).textValue();
            int column = name == null ? -1 : column(name);
            if (name == null) errors.invalidType(attr);
            else if (column < 0) errors.invalid(attr, NO_VARIABLE);
            else if (columns.contains(column)) errors.invalid(attr, "Each variable once.");
            else columns.add(column);
        }
        return columns;
    }

    private int column(String name) {
        return table.variables().stream().map(Variable::name).toList().indexOf(name);
    }

    private @Nullable Condition condition(Fields fields) {
        String variable = fields.text("variable");
        String symbol = fields.text("op");
        JsonNode value = fields.required("value");
        fields.noOthers();
        int column = variable == null ? -1 : column(variable);
        Operator operator = symbol == null ? null : Operator.of(symbol);
        VariableType type = column < 0 ? null : table.variables().get(column).type();
        if (variable != null && type == null) errors.invalid(fields.attr("variable"), NO_VARIABLE);
        boolean fits = operator != null && (operator != Operator.CONTAINS || type == null || type == VariableType.TEXT);
        if (symbol != null && !fits) errors.invalid(fields.attr("op"), OPERATORS);
        if (type == null || operator == null || !fits || value == null) return null;
        return new Condition(column, operator, value(type, operator, value, fields.attr("value")));
    }

    private @Nullable Object value(VariableType type, Operator operator, JsonNode node, String attr) {
        boolean nullable = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        if (node.isNull() && nullable) return null;
        if (operator != Operator.IN) return single(type, node, attr);
        if (!node.isArray()) errors.invalidType(attr);
        List<Object> values = new ArrayList<>();
        for (JsonNode one : node.isArray() ? node : List.<JsonNode>of()) {
            values.add(single(type, one, attr + "." + values.size()));
        }
        return values;
    }

    /** An empty text in place of what is wrong. */
    private Object single(VariableType type, JsonNode node, String attr) {
        boolean numeric = type == VariableType.INTEGER || type == VariableType.NUMBER;
        if (numeric ? !node.isNumber() : !node.isTextual()) {
            errors.invalidType(attr);
            return "";
        }
        if (numeric && node.isIntegralNumber() && node.canConvertToLong()) return node.longValue();
        if (numeric) return node.doubleValue();
        if (type == VariableType.TEXT) return node.textValue();
        try {
            return OffsetDateTime.parse(node.textValue()).toInstant();
        } catch (DateTimeException e) {
            errors.invalid(attr, "An instant such as 2025-01-31T12:00:00Z.");
            return "";
        }
    }
}
