/** The stores of {@code docs/own-store.md}: what a user of ours would write, with what is public alone. */
@NullMarked
package dev.scopegate.example;

import org.jspecify.annotations.NullMarked;
