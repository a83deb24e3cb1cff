package dev.scopegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.Amount;
import dev.scopegate.export.ExportAccount;
import dev.scopegate.export.ExportClaim;
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportLimit;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Subject;
import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.ExportOptions;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.export.ExportStopped;
import dev.scopegate.export.Exports;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** What left of one resource for four tokens of two owners, summed up beside the ledger. Safe for any number of threads. */
public final class ExportHistory {
    static final Amount LEASE = new Amount(5_000, 10);

    /** The most that a response of a history asks for at once, so the most that it has on lease when it has begun to leave. */
    private static final Amount MOST_AT_ONCE = new Amount(30_000, 40);

    private static final int TOKENS = 4;
    private static final byte[] BODY = new byte[20_000];

    private final String resource;
    private final ExportPolicy policy;
    private final Map<ExportAccount, Amount> delivered = new ConcurrentHashMap<>();
    private final Map<ExportAccount, Amount> onLeaseOfCrashed = new ConcurrentHashMap<>();

    /** What one node counts with. */
    public record Place(ExportLedger ledger, ExportPolicyStore policies) {}

    ExportHistory(String resource, ExportPolicy policy) {
        this.resource = resource;
        this.policy = policy;
    }

    static Exports exports(Place node) {
        ExportOptions options = new ExportOptions(false, 0, LEASE.bytes(), LEASE.records(), Duration.ZERO);
        return new Exports(node.policies(), node.ledger(), options, outcome -> {});
    }

    String resource() {
        return resource;
    }

    private static AccessToken token(int number) {
        return AccessToken.builder(TokenKind.PERSONAL, "token" + number, "t", "owner" + number % 2)
                .build();
    }

    /** The accounts that a token's exports are spent from, each with its smallest limit. */
    List<ExportClaim> claims(int token) {
        Map<ExportAccount, Long> claims = new LinkedHashMap<>();
        for (ExportLimit limit : policy.limits()) {
            if (limit.per() != Per.RESPONSE) claims.merge(account(limit, token(token)), limit.max(), Math::min);
        }
        return claims.entrySet().stream()
                .map(each -> new ExportClaim(each.getKey(), each.getValue()))
                .toList();
    }

    private ExportAccount account(ExportLimit limit, AccessToken token) {
        String id = switch (limit.subject()) {
            case OWNER -> token.owner();
            case TOKEN -> token.id();
            case EVERYONE -> "";
        };
        String owner = limit.subject() == Subject.EVERYONE ? "" : token.owner();
        return new ExportAccount(resource, limit.subject(), id, owner, limit.unit(), limit.per());
    }

    List<ExportClaim> allClaims() {
        List<ExportClaim> all = new ArrayList<>();
        for (int token = 0; token < TOKENS; token++) {
            for (ExportClaim claim : claims(token)) if (!all.contains(claim)) all.add(claim);
        }
        return all;
    }

    /** Responses of one node, one after the other; how many began. */
    int serve(Exports node, Random chance, int responses) throws Unavailable {
        int begun = 0;
        for (int i = 0; i < responses; i++) begun += respond(node, chance.nextInt(TOKENS), chance) ? 1 : 0;
        return begun;
    }

    /** One response: refused, cut off, finished or crashed. */
    private boolean respond(Exports node, int token, Random chance) throws Unavailable {
        ExportMeter meter;
        try {
            meter = node.open(token(token), resource, ClientAddress.UNKNOWN, false);
        } catch (AccessDenied refused) {
            return false;
        }
        long bytes = 0;
        long records = 0;
        boolean crashes = chance.nextInt(10) == 0;
        boolean left = crashes;
        if (left) meter.leave();
        try {
            if (chance.nextInt(4) == 0) {
                meter.reserve(chance.nextInt((int) MOST_AT_ONCE.bytes()), chance.nextInt((int) MOST_AT_ONCE.records()));
            }
            for (int writes = chance.nextInt(40); writes > 0; writes--) {
                if (chance.nextInt(8) == 0) {
                    meter.leave();
                    left = true;
                }
                int more = chance.nextInt(30);
                meter.records(more);
                records += more;
                bytes += meter.take(BODY, 0, chance.nextInt(BODY.length));
                if (meter.stopped() != null) break;
            }
            if (!crashes) meter.finish();
        } catch (ExportStopped stopped) {
            if (!crashes) finish(meter);
        }
        boolean refused = meter.stopped() != null && !left;
        note(token, refused ? Amount.NONE : new Amount(bytes, records), crashes);
        return true;
    }

    private static void finish(ExportMeter meter) {
        try {
            meter.finish();
        } catch (ExportStopped known) {
            assertThat(meter.stopped()).isNotNull();
        }
    }

    private void note(int token, Amount amount, boolean crashed) {
        for (ExportClaim claim : claims(token)) {
            delivered.merge(claim.account(), amount, ExportHistory::plus);
            if (crashed) onLeaseOfCrashed.merge(claim.account(), MOST_AT_ONCE, ExportHistory::plus);
        }
    }

    private static Amount plus(Amount one, Amount other) {
        return new Amount(one.bytes() + other.bytes(), one.records() + other.records());
    }

    /** Holds an account, as the ledger has it in the end, to what left. */
    void hold(ExportStanding standing) {
        ExportAccount account = standing.claim().account();
        long max = standing.claim().max();
        long left = account.unit().of(delivered.getOrDefault(account, Amount.NONE));
        long lost = account.unit().of(onLeaseOfCrashed.getOrDefault(account, Amount.NONE));
        assertThat(left).as("%s of %s", account, policy).isLessThanOrEqualTo(max);
        assertThat(standing.used() + standing.leased()).isLessThanOrEqualTo(max);
        assertThat(standing.used())
                .as("what finished responses delivered is used")
                .isLessThanOrEqualTo(left);
        assertThat(standing.leased()).as("one lease of each crashed response").isLessThanOrEqualTo(lost);
        assertThat(left).as("no more left than was leased").isLessThanOrEqualTo(standing.used() + standing.leased());
    }

    /** A response that has begun to leave. */
    Response open(Exports node) throws AccessDenied, Unavailable {
        ExportMeter meter = node.open(token(0), resource, ClientAddress.UNKNOWN, false);
        meter.leave();
        return new Response(meter);
    }

    /** A response of the first token. */
    record Response(ExportMeter meter) {
        /** Writes so often, or until it is stopped; how much left. */
        long take(int times, int length) {
            long taken = 0;
            for (int i = 0; i < times && meter.stopped() == null; i++) taken += meter.take(BODY, 0, length);
            return taken;
        }

        void finish() {
            ExportHistory.finish(meter);
        }
    }
}
