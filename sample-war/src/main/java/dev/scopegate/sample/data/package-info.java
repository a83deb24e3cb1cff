/** The hub's datasets: tables, their statistics, and ways to read and write rows. Knows no HTTP and no tokens. */
@NullMarked
package dev.scopegate.sample.data;

import org.jspecify.annotations.NullMarked;
