/** The adapter for the Servlet API: one filter in front of everything. */
@NullMarked
package dev.scopegate.servlet;

import org.jspecify.annotations.NullMarked;
