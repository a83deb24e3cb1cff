/** What a token may do: scopes, the catalog that declares them, and sets of their names. */
@NullMarked
package dev.scopegate.scope;

import org.jspecify.annotations.NullMarked;
