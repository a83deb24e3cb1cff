package dev.scopegate.servlet;

import dev.scopegate.access.Admission;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Lets go of the presented token when an asynchronous request is over. */
final class ForgetCredential implements AsyncListener {
    private final Admission admission;

    ForgetCredential(Admission admission) {
        this.admission = admission;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        admission.forgetCredential();
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
