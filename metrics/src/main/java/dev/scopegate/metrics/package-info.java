/** Scopegate's numbers as Micrometer meters. */
@NullMarked
package dev.scopegate.metrics;

import org.jspecify.annotations.NullMarked;
