package dev.scopegate.servlet;

import dev.scopegate.access.Admission;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import org.jspecify.annotations.Nullable;

/** Lets go of the presented token when an asynchronous request is over, and settles what it exported. */
final class ForgetCredential implements AsyncListener {
    private final Admission admission;
    private final @Nullable LimitedResponse response;

    ForgetCredential(Admission admission, @Nullable LimitedResponse response) {
        this.admission = admission;
        this.response = response;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        admission.forgetCredential();
        if (response != null && response.meter() != null) response.body().abandon();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // the container completes the request next, which is when the token goes
    }

    @Override
    public void onError(AsyncEvent event) {
        // the container completes the request next, which is when the token goes
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this); // a new cycle forgets the listeners of the one before
    }
}
