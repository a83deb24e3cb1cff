/** What a token is: its wire format, its secret, and the facts that are kept about it. */
@NullMarked
package dev.scopegate.token;

import org.jspecify.annotations.NullMarked;
