/** Tells a full Jakarta EE server who is calling, by Jakarta Security. */
@NullMarked
package dev.scopegate.security;

import org.jspecify.annotations.NullMarked;
