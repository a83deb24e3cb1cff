/** Tokens in Redis or Valkey: one server, Sentinel or Cluster. */
@NullMarked
package dev.scopegate.store.redis;

import org.jspecify.annotations.NullMarked;
