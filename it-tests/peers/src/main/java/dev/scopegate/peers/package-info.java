/** What other libraries cost for the same requests: {@link dev.scopegate.peers.Peers} prints the comparison. */
@NullMarked
package dev.scopegate.peers;

import org.jspecify.annotations.NullMarked;
