package dev.scopegate.cdi;

import dev.scopegate.token.AccessToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.servlet.http.HttpServletRequest;

/** Makes {@code @Inject AccessToken} work. A bean by being in the archive; nothing of it is to be called. */
@ApplicationScoped
public class AccessTokenProducer {

    /**
     * The token of the current request, asked for at each call. Of that type alone: {@code Principal} is the container's
     * own bean.
     */
    @Produces
    @RequestScoped
    @Typed(AccessToken.class)
    AccessToken current(HttpServletRequest request) {
        return new CurrentToken(request);
    }
}
