/** One table of settings, read alike by every adapter. */
@NullMarked
package dev.scopegate.config;

import org.jspecify.annotations.NullMarked;
