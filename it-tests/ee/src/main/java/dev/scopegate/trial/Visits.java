package dev.scopegate.trial;

import dev.scopegate.token.AccessToken;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import java.io.Serializable;

/** Kept in a session that the server may carry to another node; the injected token is always the current request's. */
@SessionScoped
public class Visits implements Serializable {
    private static final long serialVersionUID = 1;

    @Inject
    @SuppressWarnings({"NullAway.Init", "serial"}) // a client proxy, which CDI makes serializable
    private AccessToken caller;

    private int count;

    String another() {
        count++;
        return count + " " + caller.name();
    }
}
