package dev.scopegate.store.redis;

import java.util.List;

/** The scripts that change tokens; each says at its head what it takes and answers. */
record Scripts(
        Script<Long> add,
        Script<String> replace,
        Script<List<Object>> revoke,
        Script<Long> revokeAllOf,
        Script<Long> delete,
        Script<Long> purge,
        Script<Long> used) {
    Scripts() {
        this(
                Script.ofNumber("add"),
                Script.ofText("replace"),
                Script.ofList("revoke"),
                Script.ofNumber("revoke-all-of"),
                Script.ofNumber("delete"),
                Script.ofNumber("purge"),
                Script.ofNumber("used"));
    }
}
