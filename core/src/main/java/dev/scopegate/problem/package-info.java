/** What is answered when a request may not pass: the error envelope and the challenge. */
@NullMarked
package dev.scopegate.problem;

import org.jspecify.annotations.NullMarked;
