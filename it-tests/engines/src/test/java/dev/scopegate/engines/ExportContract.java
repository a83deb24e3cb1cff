package dev.scopegate.engines;

import static dev.scopegate.engines.EngineServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.scopegate.export.ExportAccount;
import dev.scopegate.export.ExportClaim;
import dev.scopegate.export.ExportLimit;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Subject;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportOptions;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.export.Exports;
import dev.scopegate.export.InMemoryExportLedger;
import dev.scopegate.export.InMemoryExportPolicies;
import dev.scopegate.testkit.SwitchedLedger;
import jakarta.servlet.http.HttpServlet;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves of a limited resource method in every JAX-RS engine; an engine is a subclass that makes its servlet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExportContract {
    private static final String RESOURCE = "dataset:a";
    private static final int HOLD = 1_000;

    private final InMemoryExportPolicies policies = new InMemoryExportPolicies();
    private final InMemoryExportLedger ledger = new InMemoryExportLedger(Clock.systemUTC());
    private final SwitchedLedger counting = new SwitchedLedger(Clock.systemUTC());
    private EngineServer server;
    private EngineServer usual;

    /** The engine's own servlet. */
    abstract HttpServlet engine();

    /** {@link Export}, or the same in a form that the engine takes. */
    Class<? extends Application> application() {
        return Export.class;
    }

    @BeforeAll
    void start() throws Exception {
        Exports exports = new Exports(
                policies, ledger, new ExportOptions(false, HOLD, 500, 10, Duration.ofMillis(50)), outcome -> {});
        server = new EngineServer(this::holder, scopegate -> scopegate.exports(exports));
        Exports leasing = new Exports(policies, counting, ExportOptions.DEFAULT, outcome -> {});
        usual = new EngineServer(this::holder, scopegate -> scopegate.exports(leasing));
    }

    private ServletHolder holder(Front front) {
        ServletHolder holder = new ServletHolder(engine());
        holder.setAsyncSupported(true);
        holder.setInitParameter("jakarta.ws.rs.Application", application().getName());
        return holder;
    }

    @AfterAll
    void stop() {
        if (server != null) server.close();
        if (usual != null) usual.close();
    }

    /** Everybody together gets so much of the resource from now on. */
    private void limit(Unit unit, long more) {
        limit(RESOURCE, unit, more);
    }

    private void limit(String resource, Unit unit, long more) {
        ExportLimit limit =
                new ExportLimit(unit, Per.TOTAL, total(resource, unit).used() + more, Subject.EVERYONE);
        policies.put(resource, new ExportPolicy(ExportPolicy.Mode.ENFORCE, List.of(), List.of(limit)));
    }

    private ExportStanding total(Unit unit) {
        return total(RESOURCE, unit);
    }

    private ExportStanding total(String resource, Unit unit) {
        ExportAccount account = new ExportAccount(resource, Subject.EVERYONE, "", "", unit, Per.TOTAL);
        return ledger.standings(List.of(new ExportClaim(account, Long.MAX_VALUE)))
                .get(0);
    }

    private Reply get(String path, String... headers) throws Exception {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = bearer(server.mint("public"));
        return server.get(Front.FILTER, path.startsWith("/") ? path : "/data/" + path, all);
    }

    private Optional<Reply> whole(String path) throws Exception {
        try {
            return Optional.of(get(path));
        } catch (IOException cutOff) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "bytes", "response", "input", "file", "streaming", "suspended", "completed"})
    void bytes_within_their_limit_leave_whole_and_are_counted(String way) throws Exception {
        long before = total(Unit.BYTES).used();
        limit(Unit.BYTES, 5_000);

        for (int size : new int[] {1, 900, 4_099}) {
            Reply reply = get(way + "?n=" + size);
            assertThat(reply.response().statusCode()).as(reply.toString()).isEqualTo(200);
            assertThat(reply.response().body()).hasSize(size);
            assertThat(reply.header("RateLimit-Policy")).startsWith("\"bytes-total-everyone\";q=");
        }
        assertThat(total(Unit.BYTES).used()).isEqualTo(before + 5_000);
        assertThat(total(Unit.BYTES).leased()).isZero();
        assertThat(get(way + "?n=1")).hasToString("403 export_limit_exceeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "streaming"})
    void what_a_limited_servlet_hands_on_is_counted_for_both(String way) throws Exception {
        long before = total(Unit.BYTES).used();
        long outerBefore = total(Outer.RESOURCE, Unit.BYTES).used();
        limit(Unit.BYTES, 1_000_000);
        limit(Outer.RESOURCE, Unit.BYTES, 5_000);

        assertThat(get("/forward/data/" + way + "?n=4000").response().body()).hasSize(4_000);
        assertThat(get("/forward/data/" + way + "?n=600").response().body()).hasSize(600);
        assertThat(get("/forward/data/" + way + "?n=401")).hasToString("403 export_limit_exceeded");
        limit(Unit.BYTES, 300);
        assertThat(get("/forward/data/" + way + "?n=301")).hasToString("403 export_limit_exceeded");

        assertThat(total(Unit.BYTES).used()).isEqualTo(before + 4_600);
        assertThat(total(Outer.RESOURCE, Unit.BYTES).used()).isEqualTo(outerBefore + 4_600);
        assertThat(total(Outer.RESOURCE, Unit.BYTES).leased()).isZero();
    }

    /** Whether it looks for what is included, and not for what the client asked for. */
    boolean canBeIncluded() {
        return true;
    }

    @Test
    void what_a_limited_servlet_takes_in_is_counted_with_its_own() throws Exception {
        assumeTrue(canBeIncluded(), "this engine finds no resource in an include");
        long outerBefore = total(Outer.RESOURCE, Unit.BYTES).used();
        limit(Unit.BYTES, 1_000_000);
        limit(Outer.RESOURCE, Unit.BYTES, 500);

        assertThat(get("/include/data/text?n=300").response().body())
                .endsWith(Outer.OWN)
                .hasSize(400);
        assertThat(total(Outer.RESOURCE, Unit.BYTES).used()).isEqualTo(outerBefore + 400);
        assertThat(get("/include/data/text?n=1")).hasToString("403 export_limit_exceeded");
    }

    @Test
    void what_is_taken_in_one_after_the_other_is_counted_for_whoever_limits_it() throws Exception {
        assumeTrue(canBeIncluded(), "this engine finds no resource in an include");
        long before = total(Unit.BYTES).used();
        long outerBefore = total(Outer.RESOURCE, Unit.BYTES).used();
        limit(Unit.BYTES, 1_000_000);
        limit(Outer.RESOURCE, Unit.BYTES, 500);

        assertThat(get("/both/data/text?n=300").response().body())
                .endsWith(Outer.OWN)
                .hasSize(700);

        assertThat(total(Outer.RESOURCE, Unit.BYTES).used()).isEqualTo(outerBefore + 400);
        assertThat(total(Unit.BYTES).used()).isGreaterThanOrEqualTo(before + 600);
        assertThat(get("/both/data/text?n=1")).hasToString("403 export_limit_exceeded");
    }

    @Test
    void records_that_a_limited_servlet_hands_on_are_counted_for_both() throws Exception {
        limit(Unit.RECORDS, 1_000);
        limit(Outer.RESOURCE, Unit.RECORDS, 7);
        long before = total(Unit.RECORDS).used();

        assertThat(get("/forward/data/iterable?n=5").response().statusCode()).isEqualTo(200);
        assertThat(get("/forward/data/iterable?n=3")).hasToString("403 export_limit_exceeded");

        assertThat(total(Unit.RECORDS).used()).isEqualTo(before + 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "bytes", "response", "input", "file", "streaming", "suspended", "completed"})
    void bytes_beyond_their_limit_are_refused_and_use_nothing(String way) throws Exception {
        long before = total(Unit.BYTES).used();
        limit(Unit.BYTES, 600);

        Reply reply = get(way + "?n=601");

        assertThat(reply).hasToString("403 export_limit_exceeded");
        assertThat(reply.error().at("/extra/limit").asText()).isEqualTo("bytes");
        assertThat(reply.header("X-Own")).isEmpty();
        assertThat(total(Unit.BYTES).used()).isEqualTo(before);
        assertThat(total(Unit.BYTES).leased()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"streaming", "iterable?n=30000", "stream?n=30000", "recording?n=30000"})
    void what_breaks_its_limit_later_is_cut_off_at_the_last_byte_that_is_allowed(String way) throws Exception {
        long before = total(Unit.BYTES).used();
        limit(Unit.BYTES, 200_000);

        assertThat(whole(way.contains("?") ? way : way + "?n=300000")).isEmpty();

        assertThat(total(Unit.BYTES).used()).isBetween(before + HOLD, before + 200_000L);
        assertThat(total(Unit.BYTES).leased()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "array",
                "iterable",
                "stream",
                "response-stream",
                "response-iterable",
                "object",
                "iterator",
                "own",
                "recording",
                "ndjson",
                "csv"
            })
    void records_are_counted_one_by_one(String way) throws Exception {
        long before = total(Unit.RECORDS).used();
        limit(Unit.RECORDS, 25);

        assertThat(get(way + "?n=20").response().body()).isEqualTo(Export.RECORD.repeat(20));
        assertThat(total(Unit.RECORDS).used()).isEqualTo(before + 20);
        Reply refused = get(way + "?n=6");
        assertThat(refused).hasToString("403 export_limit_exceeded");
        assertThat(refused.error().at("/extra/limit").asText()).isEqualTo("records");
        assertThat(get(way + "?n=5").response().body()).isEqualTo(Export.RECORD.repeat(5));
        assertThat(total(Unit.RECORDS).used()).isEqualTo(before + 25);
        assertThat(total(Unit.RECORDS).leased()).isZero();
    }

    @Test
    void records_that_cannot_be_counted_do_not_leave() throws Exception {
        limit(Unit.RECORDS, 25);

        Reply reply = get("once?n=20");

        assertThat(reply.response().statusCode()).isEqualTo(500);
        assertThat(reply.response().body()).doesNotContain(Export.RECORD);
    }

    @Test
    void what_is_reserved_is_refused_before_work_and_given_back_after_it() throws Exception {
        long before = total(Unit.RECORDS).used();
        limit(Unit.RECORDS, 25);

        assertThat(get("reserving?n=26")).hasToString("403 export_limit_exceeded");
        assertThat(get("reserving?n=25").response().statusCode()).isEqualTo(200);
        assertThat(total(Unit.RECORDS).used()).isEqualTo(before);
        assertThat(total(Unit.RECORDS).leased()).isZero();
    }

    @Test
    void bytes_are_counted_before_they_are_encoded() throws Exception {
        long before = total(Unit.BYTES).used();
        limit(Unit.BYTES, 5_000);

        Reply zipped = get("text?n=4000", "X-Zip: yes");

        assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(zipped.response().body().length()).isLessThan(500);
        assertThat(total(Unit.BYTES).used()).isEqualTo(before + 4_000);
        Reply refused = get("text?n=1001", "X-Zip: yes");
        assertThat(refused.header("Content-Encoding")).isEmpty();
        assertThat(refused).hasToString("403 export_limit_exceeded");
    }

    @Test
    void events_are_counted_and_stopped() throws Exception {
        long before = total(Unit.BYTES).used();
        limit(Unit.BYTES, 5_000);

        String events = get("events?n=20").response().body();
        assertThat(events.split("0123456789", -1)).hasSize(21);
        assertThat(total(Unit.BYTES).used()).isBetween(before + 200, before + events.length());
        long used = total(Unit.BYTES).used();
        assertThat(whole("events?n=600").map(Reply::toString))
                .isIn(Optional.empty(), Optional.of("403 export_limit_exceeded"));
        assertThat(total(Unit.BYTES).used()).isBetween(used, before + 5_000L);
    }

    @Test
    void each_event_is_a_record() throws Exception {
        long before = total(Unit.RECORDS).used();
        limit(Unit.RECORDS, 25);

        assertThat(get("events?n=20").response().body().split("0123456789", -1)).hasSize(21);
        assertThat(total(Unit.RECORDS).used()).isEqualTo(before + 20);
        assertThat(whole("events?n=6").map(Reply::toString))
                .isIn(Optional.empty(), Optional.of("403 export_limit_exceeded"));
        assertThat(total(Unit.RECORDS).used()).isBetween(before + 20, before + 25);
        limit(Unit.RECORDS, 5);
        assertThat(get("events?n=5").response().body().split("0123456789", -1)).hasSize(6);
        assertThat(get("events?n=1")).hasToString("403 export_limit_exceeded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes?n=12000000",
                "text?n=12000000",
                "input?n=12000000",
                "list?n=30001",
                "iterable?n=30001",
                "stream?n=30001",
                "recording?n=30001",
                "ndjson?n=30001",
                "csv?n=30001",
                "streaming?n=3000000"
            })
    void a_long_answer_takes_one_lease_and_one_more_for_each_further_mebibyte_and_thousand_records(String way)
            throws Exception {
        ExportLimit plenty = new ExportLimit(Unit.RECORDS, Per.DAY, 1L << 40, Subject.EVERYONE);
        policies.put(RESOURCE, new ExportPolicy(ExportPolicy.Mode.ENFORCE, List.of(), List.of(plenty)));
        boolean lines = way.contains("30001");
        int before = counting.leases();

        Reply reply = usual.get(Front.FILTER, "/data/" + way, bearer(usual.mint("public")));

        long length = reply.response().body().length();
        assertThat(length).isEqualTo(lines ? 300_010 : Long.parseLong(way.substring(way.indexOf('=') + 1)));
        long most = 1 + (length - 1) / (1 << 20) + (lines ? 30 : 0);
        assertThat(counting.leases() - before).isBetween(1, (int) most);
    }

    @Test
    void an_errors_answer_is_no_data() throws Exception {
        long before = total(Unit.BYTES).used();
        limit(Unit.BYTES, 50_000);

        assertThat(get("missing")).hasToString("404 not_found");
        assertThat(total(Unit.BYTES).used()).isEqualTo(before);
        Optional<Reply> broken = whole("broken");
        assertThat(broken.map(reply -> reply.response().statusCode())).isIn(Optional.empty(), Optional.of(500));
        assertThat(total(Unit.BYTES).used())
                .isEqualTo(before + broken.map(ExportContract::zeros).orElse(0L));
        assertThat(total(Unit.BYTES).leased()).isZero();
    }

    /** How much of the data came, as with an engine that lets its error follow the beginning of a body. */
    private static long zeros(Reply reply) {
        return reply.response().body().chars().filter(c -> c == 0).count();
    }

    @Test
    void a_head_counts_nothing_and_is_refused_where_a_get_would_be() throws Exception {
        long before = total(Unit.BYTES).used();
        limit(Unit.BYTES, 50);
        String token = server.mint("public");

        Reply head = server.send(Front.FILTER, "HEAD", "/data/text?n=10", "", bearer(token));
        assertThat(head.response().statusCode()).isEqualTo(200);
        assertThat(total(Unit.BYTES).used()).isEqualTo(before);
        limit(Unit.BYTES, 0);
        Reply refused = server.send(Front.FILTER, "HEAD", "/data/text?n=10", "", bearer(token));
        assertThat(refused.response().statusCode()).isEqualTo(403);
    }

    @Test
    void without_the_filter_nothing_leaves() throws Exception {
        limit(Unit.BYTES, 50);

        Reply reply = server.get(Front.NONE, "/data/text?n=10", bearer(server.mint("public")));

        assertThat(reply).hasToString("500 error");
    }
}
