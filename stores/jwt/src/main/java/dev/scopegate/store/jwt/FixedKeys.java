package dev.scopegate.store.jwt;

/** Keys that never change. */
record FixedKeys(KeySet current) implements Keys {}
