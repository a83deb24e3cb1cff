package dev.scopegate.store.jwt;

import dev.scopegate.config.ConfigurationException;
import java.util.List;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** What an operator wrote about one issuer, by the names of the fields in the file of issuers. */
interface IssuerFields {
    /** Null when nothing is given. */
    @Nullable String text(String field);

    /** Null when nothing is given. */
    @Nullable List<String> texts(String field);

    /** False when nothing is given. */
    boolean flag(String field);

    /** The key of HS256; null when none is given. */
    @Nullable SecretKey secret();

    /** How the operator finds the field. */
    String place(String field);

    /** A complaint about a field. */
    default ConfigurationException wrong(String field, String what) {
        return new ConfigurationException(place(field) + ": " + what);
    }
}
