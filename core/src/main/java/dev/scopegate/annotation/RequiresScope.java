package dev.scopegate.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The caller's token needs all of these scopes, or scopes that imply them. On a resource class, a resource method or a
 * servlet class; the method's annotation wins over the class's.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresScope {
    /** Names of declared scopes, at least one; an undeclared one stops the start. */
    String[] value();

    /**
     * The resource that the token must extend to, with path parameters in braces: {@code "dataset:{datasetId}"}. A
     * parameter that the path does not have stops the start.
     */
    String resource() default "";

    /** Whether the store is asked again although the token is cached. */
    boolean fresh() default false;

    /** Whether a refusal for scope or resource is 404 instead of 403, so that existence stays hidden. */
    boolean hide() default false;
}
