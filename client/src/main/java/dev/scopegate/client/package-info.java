/** What programs that call an API need: a token from the environment that goes to the origin it is for and nowhere else. */
@NullMarked
package dev.scopegate.client;

import org.jspecify.annotations.NullMarked;
