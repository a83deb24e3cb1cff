package dev.scopegate.store.introspection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A response body in memory, up to a bound: one byte more ends the connection. For one response. */
final class WholeBody implements BodySubscriber<byte[]> {
    /** The body has more bytes than are read. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final int bound;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicReference<Flow.@Nullable Subscription> source = new AtomicReference<>();

    WholeBody(int bound) {
        this.bound = bound;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source.set(subscription);
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (whole.isDone()) return;
            if (bytes.size() + buffer.remaining() > bound) {
                giveUp(new TooLarge());
                return;
            }
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            bytes.write(part, 0, part.length);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(bytes.toByteArray());
    }

    /** Ends the connection; nobody waits for the rest any more. */
    void giveUp(Throwable reason) {
        whole.completeExceptionally(reason);
        Flow.Subscription subscription = source.get();
        if (subscription != null) subscription.cancel();
    }
}
