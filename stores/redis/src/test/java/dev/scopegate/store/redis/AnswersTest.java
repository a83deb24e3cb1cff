package dev.scopegate.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.problem.Unavailable;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    private static Throwable said(String message) {
        return new RedisCommandExecutionException(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MOVED 3999 127.0.0.1:6381",
                "READONLY You can't write against a read only replica.",
                "ERR Error running script (call to f_0): @user_script:9: -READONLY You can't write against a replica.",
                "LOADING Redis is loading the dataset in memory",
                "CLUSTERDOWN The cluster is down",
                "MASTERDOWN Link with MASTER is down"
            })
    void aServerThatIsNotTheOneToAskIsLeft(String message) {
        assertThat(Answers.isRefusal(said(message))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OOM command not allowed", "NOPERM no rights for key ada", "ERR wrong", "WRONGTYPE", ""})
    void aCommandThatIsRefusedIsNoOutage(String message) {
        assertThat(Answers.isRefusal(said(message))).isTrue();
    }

    @Test
    void aConnectionThatFailsAndSilenceAreNoRefusals() {
        assertThat(Answers.isRefusal(new RedisConnectionException("gone"))).isFalse();
        assertThat(Answers.isRefusal(new RedisCommandTimeoutException("silent")))
                .isFalse();
        assertThat(Answers.isTimeout(new RedisCommandTimeoutException("silent")))
                .isTrue();
    }

    @Test
    void whatAnErrorQuotesIsNotRepeated() {
        assertThat(Answers.words(said("NOPERM this user cannot see the key names:ada")))
                .isEqualTo("Redis refused a command: NOPERM");
    }

    private static Unavailable lost() {
        return new Unavailable("lost", new RedisConnectionException("no", new IllegalStateException("not registered")));
    }

    @Test
    void aReasonThatLettuceHasLostIsAskedForAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();

        String answer = Answers.again(() -> {
            if (tries.incrementAndGet() < 3) throw lost();
            if (tries.get() == 3)
                throw new Unavailable("lost", new RedisConnectionException("Connection closed prematurely"));
            return "the reason";
        });

        assertThat(answer).isEqualTo("the reason");
    }

    @Test
    void itIsNotAskedForForEverNorWhereItIsKnown() {
        AtomicInteger tries = new AtomicInteger();
        assertThatThrownBy(() -> Answers.again(() -> {
                    tries.incrementAndGet();
                    throw lost();
                }))
                .isInstanceOf(Unavailable.class);
        assertThat(tries.getAndSet(0)).isEqualTo(8);

        assertThatThrownBy(() -> Answers.again(() -> {
                    tries.incrementAndGet();
                    throw new Unavailable("refused", said("WRONGPASS no"));
                }))
                .hasMessage("refused");
        assertThat(tries.getAndSet(0)).isEqualTo(1);

        RedisConnectionException closed =
                new RedisConnectionException("Connection closed prematurely", said("WRONGPASS no"));
        assertThatThrownBy(() -> Answers.again(() -> {
                    tries.incrementAndGet();
                    throw new Unavailable("closed for a reason", closed);
                }))
                .hasMessage("closed for a reason");
        assertThat(tries).hasValue(1);
    }
}
