/** Strict JSON for JAX-RS resources: bodies, fields, query parameters, and what is wrong with them, without the container's provider. */
@NullMarked
package dev.scopegate.issuer.json;

import org.jspecify.annotations.NullMarked;
