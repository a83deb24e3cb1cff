/** Access declared on JAX-RS resources and servlets. */
@NullMarked
package dev.scopegate.annotation;

import org.jspecify.annotations.NullMarked;
