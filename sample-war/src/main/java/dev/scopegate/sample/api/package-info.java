/** The hub's REST interface, for any JAX-RS 3.1 engine. */
@NullMarked
package dev.scopegate.sample.api;

import org.jspecify.annotations.NullMarked;
