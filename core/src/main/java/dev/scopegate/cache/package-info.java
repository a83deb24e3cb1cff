/** The cache between the request path and every store. */
@NullMarked
package dev.scopegate.cache;

import org.jspecify.annotations.NullMarked;
