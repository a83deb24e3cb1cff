package dev.scopegate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.testkit.AtOnce;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
    private final ExecutorService one = Executors.newSingleThreadExecutor();
    private final Database database = new Database(source(), 4, TimeUnit.SECONDS.toNanos(2));

    private static JdbcDataSource source() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:");
        return source;
    }

    @AfterEach
    void stop() {
        one.shutdownNow();
    }

    private void fail(SQLException failure) {
        assertThatThrownBy(() -> database.run(connection -> {
                    throw failure;
                }))
                .isInstanceOf(Unavailable.class);
    }

    /** A caller that is on a connection until the latch is opened. */
    private Future<String> caller(CountDownLatch until) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        Future<String> answer = one.submit(() -> database.run(connection -> {
            inside.countDown();
            awaitOpen(until);
            return "answered";
        }));
        awaitOpen(inside);
        return answer;
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String call() {
        return call(database);
    }

    private static String call(Database database) {
        try {
            return database.run(connection -> "answered");
        } catch (Unavailable e) {
            return "unavailable";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08S01", "57P01", "57P03"})
    void afterAnOutageOneCallerTriesHoweverLongItTakesAndTheOthersAreTold(String state) throws Exception {
        fail(new SQLException("gone", state));
        CountDownLatch end = new CountDownLatch(1);
        Future<String> probe = caller(end);

        List<String> others = AtOnce.run(50, thread -> call());
        end.countDown();

        assertThat(others).containsOnly("unavailable");
        assertThat(probe.get(30, TimeUnit.SECONDS)).isEqualTo("answered");
        assertThat(call()).isEqualTo("answered");
    }

    @Test
    void whoBeganBeforeTheOutageDoesNotEndIt() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Future<String> early = caller(end);
        fail(new SQLNonTransientConnectionException("gone"));
        end.countDown();
        assertThat(early.get(30, TimeUnit.SECONDS)).isEqualTo("answered");

        CountDownLatch endOfProbe = new CountDownLatch(1);
        Future<String> probe = caller(endOfProbe);
        assertThat(call()).isEqualTo("unavailable");
        endOfProbe.countDown();
        assertThat(probe.get(30, TimeUnit.SECONDS)).isEqualTo("answered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "23000", "40001", "40P01", "57014", "22001", "HY000", "90131", ""})
    void aStatementThatIsRefusedIsNoOutage(String state) throws Exception {
        fail(new SQLException("refused: the value of a row", state.isEmpty() ? null : state));
        CountDownLatch end = new CountDownLatch(1);
        Future<String> first = caller(end); // were it an outage, this would be the only one let through

        assertThat(call()).isEqualTo("answered");
        end.countDown();
        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("answered");
    }

    @Test
    void whatADriverSaysOfAStatementIsNotRepeated() {
        assertThatThrownBy(() -> database.run(connection -> {
                    throw new SQLException("duplicate key (ada, ci)", "23505", 7);
                }))
                .hasMessage("the database refused a statement: 23505/7");
    }

    @Test
    void aTransactionThatLostARaceIsDoneAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();

        boolean done = database.transaction(connection -> {
            if (tries.incrementAndGet() < 3) throw new SQLException("deadlock", "40001");
            return true;
        });

        assertThat(done).isTrue();
        assertThat(tries).hasValue(3);
    }

    @Test
    void aTransactionThatFailsOtherwiseIsNotDoneAgain() {
        AtomicInteger tries = new AtomicInteger();

        assertThatThrownBy(() -> database.transaction(connection -> {
                    tries.incrementAndGet();
                    throw new SQLException("gone", "08006");
                }))
                .isInstanceOf(Unavailable.class);

        assertThat(tries).hasValue(1);
    }

    /** As a container's pool may, whose connections are all taken or whose server is in a black hole. */
    @Test
    void aPoolThatGivesNothingKeepsNobodyWaiting() throws Exception {
        CountDownLatch gives = new CountDownLatch(1);
        JdbcDataSource real = source();
        Database slow = new Database(
                Sources.of(() -> {
                    awaitOpen(gives);
                    return real.getConnection();
                }),
                4,
                TimeUnit.MILLISECONDS.toNanos(300));
        try (slow) {
            for (int i = 0; i < 3; i++)
                assertThat(AtOnce.run(50, thread -> call(slow))).containsOnly("unavailable");
            assertThat(slow.isOut()).isTrue();

            gives.countDown();

            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!call(slow).equals("answered")) assertThat(System.nanoTime()).isLessThan(deadline);
            assertThat(AtOnce.run(50, thread -> call(slow))).containsOnly("answered");
        }
    }

    @Test
    void whoeverIsInterruptedIsToldAndTheWorkIsNot() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch undisturbed = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        Future<Boolean> caller = one.submit(() -> database.run(connection -> {
            inside.countDown();
            awaitOpen(end);
            undisturbed.countDown();
            return true;
        }));
        awaitOpen(inside);

        one.shutdownNow();
        assertThatThrownBy(() -> caller.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(Unavailable.class);
        end.countDown();

        awaitOpen(undisturbed);
        assertThat(call()).isEqualTo("answered");
    }
}
