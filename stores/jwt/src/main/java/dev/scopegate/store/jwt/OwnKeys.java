package dev.scopegate.store.jwt;

import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.problem.Unavailable;
import java.util.List;

/** The keys of this very service, asked for in this process. Safe for any number of threads. */
public interface OwnKeys {
    /**
     * The keys as they are known now; the same list as long as they are the same.
     *
     * @throws Unavailable when there are none that may be used
     */
    List<JWK> current() throws Unavailable;

    /**
     * The keys read again, because another node may have made one; the list of {@link #current} when there is none.
     *
     * @throws Unavailable when that cannot be told
     */
    List<JWK> reread() throws Unavailable;
}
