/** The adapter for JAX-RS 3.1: one feature, on any engine. */
@NullMarked
package dev.scopegate.jaxrs;

import org.jspecify.annotations.NullMarked;
