package dev.scopegate.store.jwt;

import java.util.Set;

/**
 * Somebody whose JWTs are accepted.
 *
 * @param name the exact {@code iss}
 * @param audiences of which a token names at least one
 * @param algorithms that its tokens may be signed with
 * @param own whether it is this very service, whose tokens keep their owner, id and scopes
 */
record Issuer(String name, Set<String> audiences, Keys keys, Set<Algorithm> algorithms, ScopeRule scopes, boolean own) {
    Issuer {
        audiences = Set.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
    }

    /** What one of its subjects or tokens is called here, where those of several issuers meet. */
    String qualified(String local) {
        return own ? local : name + "|" + local;
    }
}
