/** Sentences for people who mistyped a name; imports nothing of ours. */
@NullMarked
package dev.scopegate.text;

import org.jspecify.annotations.NullMarked;
