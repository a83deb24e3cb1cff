/** Tokens in a relational database: H2, PostgreSQL or MariaDB. */
@NullMarked
package dev.scopegate.store.jdbc;

import org.jspecify.annotations.NullMarked;
