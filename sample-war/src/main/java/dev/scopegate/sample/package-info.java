/** The open-data hub: a sample that shows Scopegate on real data. This package is what {@code java -jar} runs. */
@NullMarked
package dev.scopegate.sample;

import org.jspecify.annotations.NullMarked;
