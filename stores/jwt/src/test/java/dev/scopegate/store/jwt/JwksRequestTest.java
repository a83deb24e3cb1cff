package dev.scopegate.store.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class JwksRequestTest {
    @Test
    void aServerThatNobodyFindsIsToldOfInWords() {
        ConnectException failure = new ConnectException();
        failure.initCause(new UnresolvedAddressException());
        assertThat(JwksRequest.why(new CompletionException(failure))).isEqualTo("UnresolvedAddressException");
    }

    @Test
    void whatIsWrongWithAnAnswerIsItsOwnSentence() {
        assertThat(JwksRequest.why(
                        new CompletionException(new IllegalArgumentException("the answer has the status 500"))))
                .isEqualTo("the answer has the status 500");
    }
}
