package dev.scopegate.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The answer is raw data of a resource, whose export policy limits it: how many bytes and records leave, and whereto. Needs
 * the servlet filter in front and a ledger ({@code export-ledger}). A resource without a policy lets nothing out unless {@code
 * export-without-policy} is {@code allow}.
 *
 * <p>A response that a servlet and a resource method limit both, as where the one forwards to the other, counts for both; its
 * bytes are then counted as the servlet sends them, after a content coding of JAX-RS.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface ExportLimited {
    /** The resource whose policy counts, with path parameters in braces: {@code "dataset:{datasetId}"}. */
    String value();
}
