/** An application that uses what only full Jakarta EE servers have. */
@NullMarked
package dev.scopegate.trial;

import org.jspecify.annotations.NullMarked;
