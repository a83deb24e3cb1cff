/** The contract that every store is tested by: extend {@link dev.scopegate.testkit.TokenStoreContract}. */
@NullMarked
package dev.scopegate.testkit;

import org.jspecify.annotations.NullMarked;
