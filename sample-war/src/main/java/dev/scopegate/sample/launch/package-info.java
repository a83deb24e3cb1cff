/** The hub on its own Jetty. Sees Jetty, never the hub's classes. */
@NullMarked
package dev.scopegate.sample.launch;

import org.jspecify.annotations.NullMarked;
