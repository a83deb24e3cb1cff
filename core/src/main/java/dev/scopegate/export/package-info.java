/** How much raw data may leave: policies, the ledger that nodes share, and the meter of one response. */
@NullMarked
package dev.scopegate.export;

import org.jspecify.annotations.NullMarked;
