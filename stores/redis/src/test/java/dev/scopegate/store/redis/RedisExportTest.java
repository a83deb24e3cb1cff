package dev.scopegate.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.export.Amount;
import dev.scopegate.export.ExportAccount;
import dev.scopegate.export.ExportClaim;
import dev.scopegate.export.ExportLease;
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Subject;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.testkit.SharedExportContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One server. */
class RedisExportTest extends SharedExportContract<RedisTokenStore> {
    private static final long BEYOND_DOUBLES = (1L << 53) + 1;

    @TempDir
    private static Path folder;

    private static RedisProcess redis;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisProcess.start(folder, "appendonly yes", "appendfsync always");
    }

    @AfterAll
    static void end() {
        redis.close();
    }

    @Override
    protected RedisTokenStore open() {
        return Stores.open("redis-url", redis.url());
    }

    static ExportClaim claim(String resource, Per per, long max) {
        return new ExportClaim(new ExportAccount(resource, Subject.OWNER, "ada", "ada", Unit.BYTES, per), max);
    }

    static ExportLease leased(ExportLedger ledger, ExportClaim claim, long bytes) throws Unavailable {
        Amount amount = new Amount(bytes, 0);
        ExportLease lease =
                ledger.lease(List.of(claim), amount, amount, null, Amount.NONE).lease();
        assertThat(lease).isNotNull();
        assertThat(lease.granted()).isEqualTo(amount);
        return lease;
    }

    private static ExportStanding standing(ExportLedger ledger, ExportClaim claim) throws Unavailable {
        return ledger.standings(List.of(claim)).get(0);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                BEYOND_DOUBLES,
                Long.MAX_VALUE,
                Long.MAX_VALUE - 1,
                9_999_999_999L,
                10_000_000_000L,
                70_000_000_001L
            })
    void sumsAreExactBeyondWhatLuaCountsExactly(long max) throws Exception {
        ExportLedger ledger = node().exportLedger();
        ExportClaim claim = claim("dataset:large-" + max, Per.TOTAL, max);

        ExportLease all = leased(ledger, claim, max - 1);
        ExportLease last = leased(ledger, claim, 1);

        assertThat(standing(ledger, claim).leased()).isEqualTo(max);
        assertThatThrownBy(() -> leased(ledger, claim, 1)).isInstanceOf(AssertionError.class);
        ledger.settle(all, new Amount(max - 3, 0));
        ledger.settle(last, new Amount(1, 0));
        assertThat(standing(ledger, claim).used()).isEqualTo(max - 2);
        assertThat(standing(ledger, claim).leased()).isZero();
        leased(ledger, claim, 2);
        assertThatThrownBy(() -> leased(ledger, claim, 1)).isInstanceOf(AssertionError.class);
    }

    /** The script and {@code LeaseRequest} decide alike, or the ledger throws. */
    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 9223372036854775807, 1",
        "9223372036854775807, 1048576, 1",
        "80000000007, 80000000007, 1",
        "79999999999, 79999999999, 9999999999",
        "131073, 131073, 1",
        "131071, 131071, 16384",
        "100, 0, 1",
        "100, 7, 9",
        "0, 1, 0"
    })
    void sharesAreComputedAsEverywhere(long max, long wanted, long least) throws Exception {
        ExportLedger ledger = node().exportLedger();
        List<ExportClaim> claims = List.of(claim("dataset:share-" + max + "-" + wanted, Per.TOTAL, max));
        Amount useful = new Amount(wanted, wanted);
        for (int i = 0; i < 20; i++) {
            var answer = ledger.lease(claims, useful, new Amount(least, least), null, Amount.NONE);
            assertThat(answer.standings()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Per.class, names = "RESPONSE", mode = EnumSource.Mode.EXCLUDE)
    void sumsAreKeptAnHourLongerThanTheirWindow(Per per) throws Exception {
        ExportLedger ledger = node().exportLedger();
        ExportClaim claim = claim("dataset:kept", per, 10);
        ExportLease lease = leased(ledger, claim, 1);
        Keys keys = new Keys("{scopegate}:");

        Instant end = standing(ledger, claim).resetsAt();
        String key = keys.exported(claim.account(), lease.parts().get(0).windowStart());

        String expires = redis.ask("EXPIRETIME \"" + key + "\"");
        assertThat(expires)
                .isEqualTo(
                        end == null
                                ? "-1"
                                : String.valueOf(end.plus(Duration.ofHours(1)).getEpochSecond()));
    }

    @Test
    void aNodeWhoseClockIsWrongCountsInTheServersWindow() throws Exception {
        RedisExportLedger ledger = (RedisExportLedger) node().exportLedger();
        ExportClaim claim = claim("dataset:clock", Per.HOUR, 10);
        Instant far = Instant.now().plus(Duration.ofDays(40));
        ledger.clock().heard(List.of(String.valueOf(far.getEpochSecond()), "0"));

        ExportLease lease = leased(ledger, claim, 4);

        assertThat(lease.parts().get(0).windowStart()).isBefore(far.minus(Duration.ofDays(39)));
        assertThat(standing(node().exportLedger(), claim).leased()).isEqualTo(4);
        ledger.clock().heard(List.of("0", "0"));
        assertThat(standing(ledger, claim).leased()).isEqualTo(4);
    }

    @Test
    void whatWasUsedOfALeaseThatAFailoverHasLostCountsAndGivesNothingBack() throws Exception {
        ExportLedger ledger = node().exportLedger();
        ExportClaim claim = claim("dataset:lost", Per.TOTAL, 100);
        ExportLease lost = leased(ledger, claim, 60);
        String key = new Keys("{scopegate}:").exported(claim.account(), Instant.EPOCH);
        redis.ask("HSET \"" + key + "\" leased 0");

        ledger.settle(lost, new Amount(50, 0));

        assertThat(standing(ledger, claim).used()).isEqualTo(50);
        assertThat(standing(ledger, claim).leased()).isZero();
    }

    @Test
    void accountsCanBeReadAgain() {
        for (String name : List.of("", " ", "ada", "a b  c ", "ü\n1 2")) {
            ExportAccount account =
                    new ExportAccount("dataset: " + name, Subject.TOKEN, name + " x", name, Unit.RECORDS, Per.MONTH);
            assertThat(AccountText.read(AccountText.of(account))).isEqualTo(account);
        }
    }
}
