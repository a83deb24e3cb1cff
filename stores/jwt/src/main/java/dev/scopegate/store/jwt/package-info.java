/** A store of JSON Web Tokens: it keeps none, it verifies what is presented with the keys of the issuers that it trusts. */
@NullMarked
package dev.scopegate.store.jwt;

import org.jspecify.annotations.NullMarked;
