/** What a check costs a request: {@link dev.scopegate.benchmarks.Paired} compares, the JMH classes measure one at a time. */
@NullMarked
package dev.scopegate.benchmarks;

import org.jspecify.annotations.NullMarked;
