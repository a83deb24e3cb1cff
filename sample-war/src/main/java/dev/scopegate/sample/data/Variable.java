package dev.scopegate.sample.data;

/**
 * A column of a table.
 *
 * @param name lower case, with its unit at the end
 * @param description one sentence for people
 */
public record Variable(String name, VariableType type, String description) {
    static Variable text(String name, String description) {
        return new Variable(name, VariableType.TEXT, description);
    }

    static Variable integer(String name, String description) {
        return new Variable(name, VariableType.INTEGER, description);
    }

    static Variable number(String name, String description) {
        return new Variable(name, VariableType.NUMBER, description);
    }

    static Variable timestamp(String name, String description) {
        return new Variable(name, VariableType.TIMESTAMP, description);
    }
}
