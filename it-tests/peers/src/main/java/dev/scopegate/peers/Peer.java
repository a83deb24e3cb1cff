package dev.scopegate.peers;

import dev.scopegate.benchmarks.Application;
import dev.scopegate.benchmarks.Fixture;
import dev.scopegate.benchmarks.KeepAlive;
import dev.scopegate.benchmarks.Presented;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** One application, by what guards it. */
enum Peer {
    BARE("no filter"),
    MINIMAL("minimal filter, by hand"),
    ANSWERING("minimal filter that answers as Scopegate does"),
    SCOPEGATE("**Scopegate**, `@RequiresScope`"),
    SPRING("Spring Security"),
    SPRING_TRIMMED("Spring Security, trimmed chain"),
    SHIRO("Apache Shiro"),
    PAC4J("pac4j"),

    JERSEY("Jersey, nothing else"),
    JERSEY_SCOPEGATE("**Scopegate**, filter and feature"),
    JERSEY_FEATURE("Scopegate, feature alone"),
    DROPWIZARD("Dropwizard Auth"),

    JWT_BARE("no filter, a JWT in the header"),
    JWT_AGAIN("Scopegate, a JWT used again"),
    JWT_FIRST("Scopegate, a JWT used for the first time");

    private final String words;

    Peer(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** The status that it answers such a request with. */
    int statusFor(Presented presented) {
        return this == BARE || this == JERSEY || this == JWT_BARE ? 200 : presented.status();
    }

    /** Starts the application and asks it once. */
    KeepAlive open(Presented presented) {
        if (this == JWT_BARE || this == JWT_AGAIN || this == JWT_FIRST) return openForJwt();
        Fixture fixture = new Fixture(presented);
        return open(presented, fixture, new KnownTokens(fixture));
    }

    KeepAlive open(Presented presented, Fixture fixture, KnownTokens tokens) {
        return KeepAlive.open(context(fixture, tokens), fixture.authorization(), statusFor(presented), fixture::close);
    }

    private KeepAlive openForJwt() {
        SignedTokens signed = new SignedTokens(this != JWT_FIRST);
        ServletContextHandler context =
                this == JWT_BARE ? Application.bare() : Application.annotated(signed.scopegate());
        return KeepAlive.open(context, Optional.of("Bearer " + signed.token()), 200, signed::close);
    }

    private ServletContextHandler context(Fixture fixture, KnownTokens tokens) {
        return switch (this) {
            case BARE -> Application.BARE.context(fixture);
            case MINIMAL -> Application.MINIMAL.context(fixture);
            case ANSWERING -> Application.ANSWERING.context(fixture);
            case SCOPEGATE -> Application.ANNOTATED.context(fixture);
            case SPRING -> spring(SpringSecurity.AsItComes.class, fixture, tokens);
            case SPRING_TRIMMED -> spring(SpringSecurity.Trimmed.class, fixture, tokens);
            case SHIRO -> behind(Shiro.filter(tokens), Application.BARE.context(fixture));
            case PAC4J -> behind(Pac4j.filter(tokens), Application.BARE.context(fixture));
            case JERSEY -> JaxRs.bare();
            case JERSEY_SCOPEGATE -> JaxRs.filterAndFeature(fixture);
            case JERSEY_FEATURE -> JaxRs.feature(fixture);
            case DROPWIZARD -> JaxRs.dropwizardAuth(tokens);
            case JWT_BARE, JWT_AGAIN, JWT_FIRST -> throw new IllegalStateException("the fixture has no JWT");
        };
    }

    private static ServletContextHandler spring(Class<?> configuration, Fixture fixture, KnownTokens tokens) {
        ServletContextHandler context = Application.BARE.context(fixture);
        return behind(SpringSecurity.filter(configuration, tokens, context.getServletContext()), context);
    }

    private static ServletContextHandler behind(Filter filter, ServletContextHandler context) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
        return context;
    }
}
