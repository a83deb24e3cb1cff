/** May this request pass? {@link dev.scopegate.access.AccessCheck} decides; the rest prepares what it needs. */
@NullMarked
package dev.scopegate.access;

import org.jspecify.annotations.NullMarked;
