/** Tokens of another authorization server, known by token introspection (RFC 7662). */
@NullMarked
package dev.scopegate.store.introspection;

import org.jspecify.annotations.NullMarked;
