package dev.scopegate.servlet;

import dev.scopegate.access.Requirements;
import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.Settings;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a filter finds or makes when it starts.
 *
 * @param gate the started filter
 * @param stop what its end has to undo
 */
record Startup(Gate gate, Runnable stop) {
    /** The name of the filter that has made the application's {@link Scopegate}; code leaves none. */
    private static final String MAKER = "dev.scopegate.servlet.maker";

    /** Uses the instance given in code, or the one of the ServletContext, or makes one from settings. */
    static Startup of(FilterConfig config, @Nullable Scopegate given) {
        ServletContext context = config.getServletContext();
        String origin = "filter '" + config.getFilterName() + "', init-params";
        Map<String, String> initParams = map(config.getInitParameterNames(), config::getInitParameter);
        Object present = given == null ? context.getAttribute(Scopegate.ATTRIBUTE) : given;
        if (present instanceof Scopegate scopegate) {
            Configuration own = Configuration.builder(List.of(Settings.SCOPE_RULES, Settings.PERMIT_PREFLIGHT))
                    .add(origin + " (" + whose(context.getAttribute(MAKER)) + ")", initParams)
                    .build();
            boolean rules = initParams.containsKey(Settings.SCOPE_RULES.key());
            boolean preflight = initParams.containsKey(Settings.PERMIT_PREFLIGHT.key());
            return new Startup(
                    gate(
                            config,
                            scopegate,
                            rules ? own : scopegate.configuration(),
                            preflight ? own : scopegate.configuration()),
                    () -> {});
        }
        Configuration configuration = Configuration.builder(Scopegate.settings())
                .add(origin, initParams)
                .addPrefixed("context-params", map(context.getInitParameterNames(), context::getInitParameter))
                .addProcess()
                .build();
        Scopegate made = Scopegate.start(configuration);
        context.setAttribute(Scopegate.ATTRIBUTE, made);
        context.setAttribute(MAKER, config.getFilterName());
        Runnable stop = () -> {
            context.removeAttribute(MAKER);
            context.removeAttribute(Scopegate.ATTRIBUTE);
            made.close();
        };
        try {
            return new Startup(gate(config, made, configuration, configuration), stop);
        } catch (Throwable e) {
            stop.run();
            throw e;
        }
    }

    private static String whose(@Nullable Object maker) {
        if (maker == null) return "other settings belong to the Scopegate that code has made";
        return "other settings belong to the filter '" + maker
                + "', which has started already; one BearerTokenFilter is enough, with a <filter-mapping> for each pattern";
    }

    private static Gate gate(FilterConfig config, Scopegate scopegate, Configuration rules, Configuration preflight) {
        ServletContext context = config.getServletContext();
        if (scopegate.exports() != null) AsyncMapping.require(context, config.getFilterName());
        Requirements requirements = scopegate.requirements();
        return new Gate(
                scopegate.check(),
                ScopeRules.parse(rules.get(Settings.SCOPE_RULES), scopegate.catalog()),
                ServletRequirements.read(context, requirements),
                requirements.byDefault(),
                preflight.get(Settings.PERMIT_PREFLIGHT),
                new Refusal(scopegate.challenge()),
                ExportLimits.of(context, scopegate.exports()),
                context.getAttribute(Scopegate.SHARES_REQUEST) != null);
    }

    private static Map<String, String> map(Enumeration<String> names, Function<String, String> value) {
        Map<String, String> map = new LinkedHashMap<>();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            map.put(name, value.apply(name));
        }
        return map;
    }
}
