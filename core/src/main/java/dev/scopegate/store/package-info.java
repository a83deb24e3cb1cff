/** Where tokens are kept: the read SPI for enforcing, the write side for issuing, and two small stores. */
@NullMarked
package dev.scopegate.store;

import org.jspecify.annotations.NullMarked;
