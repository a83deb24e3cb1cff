/** The token service: mints, lists, edits, rotates and revokes tokens and API keys, in code and over REST. */
@NullMarked
package dev.scopegate.issuer;

import org.jspecify.annotations.NullMarked;
