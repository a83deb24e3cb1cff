package dev.scopegate.jaxrs;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Settings;
import jakarta.ws.rs.core.FeatureContext;

/** Registers the parts of the feature around one {@link Scopegate}. */
final class Binding {
    private final Scopegate scopegate;

    Binding(Scopegate scopegate) {
        this.scopegate = scopegate;
    }

    /**
     * Registers them.
     *
     * @param servlets whether classes of the Servlet API may be touched
     * @param filtered whether every request has passed the servlet filter
     */
    void register(FeatureContext context, boolean servlets, boolean filtered) {
        Answers answers = new Answers(scopegate.challenge());
        boolean preflight = scopegate.configuration().get(Settings.PERMIT_PREFLIGHT);
        AccessCheck check = scopegate.check();
        UnmatchedAnswers unmatched = new UnmatchedAnswers(check, answers, preflight);
        Authentication authentication = servlets
                ? new ServletAuthentication(check, unmatched, !filtered)
                : new Authentication(check, unmatched, true);
        authentication.register(context);
        context.register(new AccessBinder(check, authentication, scopegate.requirements(), answers, preflight));
        context.register(new EnvelopeWriter());
        context.register(new AccessDeniedMapper(answers));
        context.register(new UnavailableMapper(answers));
        context.register(new ExportStoppedMapper());
        if (!scopegate.configuration().get(Settings.MAP_EXCEPTIONS)) return;
        context.register(new UncaughtMapper(answers));
        context.register(new JsonErrorMappers.Parsing(answers));
        context.register(new JsonErrorMappers.Mapping(answers));
        context.register(new JsonErrorMappers.Other(answers));
        context.register(new JsonWriteErrors());
        if (Startup.sees("jakarta.validation.ConstraintViolationException")) {
            context.register(new ConstraintViolationMapper(answers));
        }
    }
}
