/** The hub itself, wired by hand: settings, home folder, tokens, and who may see which dataset. */
@NullMarked
package dev.scopegate.sample.hub;

import org.jspecify.annotations.NullMarked;
