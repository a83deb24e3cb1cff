/** What happened to tokens, to requests and to exports, for audit, metrics and the application's own code. */
@NullMarked
package dev.scopegate.event;

import org.jspecify.annotations.NullMarked;
