/** The token of the current request, to be injected: {@code @Inject AccessToken caller}. */
@NullMarked
package dev.scopegate.cdi;

import org.jspecify.annotations.NullMarked;
