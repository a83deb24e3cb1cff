package dev.scopegate.benchmarks;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Admission;
import dev.scopegate.access.Requirement;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The decision alone, without a container and without an answer: from the header to a token with the scope, or not. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter and calls open() first
public class CheckBenchmark {
    @Param({"VALID", "FORBIDDEN", "UNKNOWN", "WRONG_CHECKSUM"})
    public Presented presented;

    private Fixture fixture;
    private AccessCheck check;
    private Requirement need;
    private List<String> authorization;

    @Setup
    public void open() {
        fixture = new Fixture(presented);
        check = fixture.scopegate().check();
        need = Requirement.allOf(fixture.scopegate().catalog(), List.of(Fixture.NEEDED));
        authorization = List.of(fixture.authorization().orElseThrow());
    }

    @TearDown
    public void close() {
        fixture.close();
    }

    @Benchmark
    public Object decision() throws Unavailable {
        Admission admission = check.authenticate(authorization.iterator(), () -> ClientAddress.ofPeer("192.0.2.7"));
        try {
            check.authorize(admission, need, name -> null);
            return admission;
        } catch (AccessDenied e) {
            return e;
        }
    }
}
