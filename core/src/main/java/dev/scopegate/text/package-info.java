/** Parts of sentences that tell people what is wrong and how to go on; imports nothing of ours. */
@NullMarked
package dev.scopegate.text;

import org.jspecify.annotations.NullMarked;
