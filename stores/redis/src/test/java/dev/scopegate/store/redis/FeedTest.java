package dev.scopegate.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.TokenChange;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedTest {
    private final Feed feed = new Feed();
    private final BlockingQueue<TokenChange> told = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        feed.close();
    }

    private TokenChange next() throws InterruptedException {
        return told.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void whatThisNodePublishedIsNotToldUnlessItWasInDoubt() throws Exception {
        feed.subscribe(told::add);
        TokenChange change = new TokenChange.OfParent("a key: of ada");
        String message = feed.message(change);

        feed.heard(message);
        feed.heard("another " + message.substring(message.indexOf(' ') + 1));
        assertThat(next()).isEqualTo(change);
        assertThat(told).isEmpty();

        feed.tellInDoubt(change);
        assertThat(next()).isEqualTo(change);
        feed.heard(message);
        assertThat(next()).isEqualTo(change);
    }

    @Test
    void whatNobodyUnderstandsConcernsEverything() throws Exception {
        feed.subscribe(told::add);

        for (String message : new String[] {"", "x", "another nosuch:thing"}) {
            feed.heard(message);
            assertThat(next()).isEqualTo(new TokenChange.OfEverything());
        }
    }

    @Test
    void aListenerThatCannotKeepUpIsToldOfEverythingInstead() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        feed.subscribe(change -> {
            busy.countDown();
            try {
                assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            told.add(change);
        });
        feed.heard("another token:first");
        assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();

        for (int i = 0; i < 10_001; i++) feed.heard("another token:" + i);
        go.countDown();

        assertThat(next()).isEqualTo(new TokenChange.OfToken("first"));
        assertThat(next()).isEqualTo(new TokenChange.OfEverything());
    }
}
