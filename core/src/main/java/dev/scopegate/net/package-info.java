/** Client addresses and the networks they are compared with. */
@NullMarked
package dev.scopegate.net;

import org.jspecify.annotations.NullMarked;
