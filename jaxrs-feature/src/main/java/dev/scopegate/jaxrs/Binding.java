package dev.scopegate.jaxrs;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Settings;
import jakarta.ws.rs.core.FeatureContext;

/** Registers the parts of the feature around one {@link Scopegate}. */
final class Binding {
    private final Scopegate scopegate;

    Binding(Scopegate scopegate) {
        this.scopegate = scopegate;
    }

    void register(FeatureContext context, boolean servlets) {
        Answers answers = new Answers(scopegate.challenge());
        boolean preflight = scopegate.configuration().get(Settings.PERMIT_PREFLIGHT);
        context.register(
                servlets ? new ServletAuthentication(scopegate.check()) : new Authentication(scopegate.check()));
        context.register(new AccessBinder(scopegate.check(), scopegate.requirements(), answers, preflight));
        context.register(new UnmatchedAnswers(scopegate.check(), answers, preflight));
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
