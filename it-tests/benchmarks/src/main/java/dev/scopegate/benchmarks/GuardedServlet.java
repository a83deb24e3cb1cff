package dev.scopegate.benchmarks;

import dev.scopegate.annotation.RequiresScope;

/** The same servlet, saying which scope it needs. */
@RequiresScope(Fixture.NEEDED)
final class GuardedServlet extends PlainServlet {
    private static final long serialVersionUID = 1L;
}
