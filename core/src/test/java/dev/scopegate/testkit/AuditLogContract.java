package dev.scopegate.testkit;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditOutcome;
import dev.scopegate.event.AuditType;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.AuditPage;
import dev.scopegate.store.AuditQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} does. Extend it, open your log twice on the same place, and run it as a test. */
public abstract class AuditLogContract {
    private AuditLog one;
    private AuditLog other;

    /** The log as one more node sees it. All of one test share a place. */
    protected abstract AuditLog node() throws Exception;

    @BeforeEach
    void open() throws Exception {
        one = node();
        other = node();
        while (one.purge(Instant.parse("5000-01-01T00:00:00Z"), 100) > 0) {}
    }

    private static AuditEvent.Builder event(AuditType type, int seconds) {
        return AuditEvent.of(type, NOW.toEpochMilli() + seconds * 1_000L);
    }

    private static List<AuditEvent> all(AuditLog log, AuditQuery query, int size) throws Unavailable {
        List<AuditEvent> all = new ArrayList<>();
        for (AuditPage page = log.page(query, null, size); ; page = log.page(query, page.next(), size)) {
            assertThat(page.events()).hasSizeLessThanOrEqualTo(size);
            all.addAll(page.events());
            if (page.next() == null) return all;
        }
    }

    @Test
    void anEventIsKeptAsItWasOnEveryNode() throws Exception {
        AuditEvent full = event(AuditType.EXPORT, 0)
                .actor("ada \u00fc\ud83d\ude00 '\"%_\\")
                .token("0123456789ABCD")
                .resource("dataset:" + "\u00fc".repeat(192))
                .from("2001:db8::1")
                .ended(AuditOutcome.OBSERVED, "export_limit_exceeded")
                .amount(Long.MAX_VALUE, 0)
                .build();
        AuditEvent empty = event(AuditType.TOKENS_PURGED, 1).build();
        AuditEvent odd = event(AuditType.ACCESS_REFUSED, 2)
                .resource("a\u0000b\ud800\r\n" + "x".repeat(300))
                .build();

        one.append(List.of(full, empty, odd));

        assertThat(other.page(AuditQuery.ALL, null, 50)).isEqualTo(new AuditPage(List.of(odd, empty, full), null));
    }

    @Test
    void pagesFollowEachOtherAndWhatIsAddedMovesNothing() throws Exception {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 25; i++) events.add(event(AuditType.LOGIN, i / 5).build());
        one.append(events.subList(0, 10));
        other.append(events.subList(10, 25));
        Collections.reverse(events);

        for (int size : new int[] {1, 5, 24, 25, 26}) {
            assertThat(all(one, AuditQuery.ALL, size)).isEqualTo(events);
        }
        AuditPage first = other.page(AuditQuery.ALL, null, 10);
        one.append(List.of(event(AuditType.LOGIN, 100).build()));
        assertThat(other.page(AuditQuery.ALL, first.next(), 50).events()).isEqualTo(events.subList(10, 25));
    }

    @Test
    void aListShowsWhatFitsAndNothingElse() throws Exception {
        AuditEvent minted =
                event(AuditType.TOKEN_MINTED, 0).actor("ada").token("t1").build();
        AuditEvent revoked =
                event(AuditType.TOKEN_REVOKED, 1).actor("ada").token("t1").build();
        AuditEvent others =
                event(AuditType.TOKEN_MINTED, 2).actor("bob").token("t2").build();
        AuditEvent nobodys =
                event(AuditType.TOKEN_REFUSED, 3).refused("unknown").build();
        one.append(List.of(minted, revoked, others, nobodys));

        assertThat(all(one, AuditQuery.ALL.type(AuditType.TOKEN_MINTED), 1)).containsExactly(others, minted);
        assertThat(all(one, AuditQuery.ALL.actor("ada"), 1)).containsExactly(revoked, minted);
        assertThat(all(one, AuditQuery.ALL.actor("Ada"), 1)).isEmpty();
        assertThat(all(one, AuditQuery.ALL.tokenId("t2"), 1)).containsExactly(others);
        assertThat(all(one, AuditQuery.ALL.actor("ada").type(AuditType.TOKEN_MINTED), 1))
                .containsExactly(minted);
        assertThat(all(one, AuditQuery.ALL.actor("ada").tokenId("t2"), 1)).isEmpty();
        assertThat(all(one, AuditQuery.ALL.since(NOW.plusSeconds(2)), 1)).containsExactly(nobodys, others);
        assertThat(all(one, AuditQuery.ALL.since(NOW.plusSeconds(2).plusNanos(1)), 1))
                .containsExactly(nobodys);
        assertThat(all(one, AuditQuery.ALL.until(NOW.plusSeconds(1)), 1)).containsExactly(minted);
        assertThat(all(one, AuditQuery.ALL.until(NOW.plusSeconds(1).plusNanos(1)), 1))
                .containsExactly(revoked, minted);
        assertThat(all(one, AuditQuery.ALL.since(NOW).until(NOW.plusSeconds(1)).actor("ada"), 1))
                .containsExactly(minted);
        assertThat(all(one, AuditQuery.ALL.since(Instant.MIN).until(Instant.MAX), 3))
                .hasSize(4);
        assertThat(all(one, AuditQuery.ALL.since(Instant.MAX), 3)).isEmpty();
    }

    @Test
    void aCallThatWasInDoubtCanBeRepeated() throws Exception {
        List<AuditEvent> events = List.of(
                event(AuditType.LOGIN, 0).build(),
                event(AuditType.LOGIN, 1).build(),
                event(AuditType.LOGIN, 2).build());
        one.append(events.subList(1, 2));

        other.append(events);
        one.append(events);

        assertThat(all(one, AuditQuery.ALL, 10)).containsExactly(events.get(2), events.get(1), events.get(0));
        one.append(List.of());
    }

    @Test
    void theOldestAreRemovedFirst() throws Exception {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 6; i++) events.add(event(AuditType.LOGIN, i).build());
        one.append(events);

        assertThat(one.purge(NOW.plusSeconds(4), 3)).isEqualTo(3);
        assertThat(all(other, AuditQuery.ALL, 10)).containsExactly(events.get(5), events.get(4), events.get(3));
        assertThat(other.purge(NOW.plusSeconds(4), 3)).isEqualTo(1);
        assertThat(one.purge(NOW.plusSeconds(4), 3)).isZero();
        assertThat(all(one, AuditQuery.ALL, 10)).containsExactly(events.get(5), events.get(4));
    }

    @Test
    void nodesThatWriteAtOnceLoseNothing() throws Exception {
        List<List<AuditEvent>> written = AtOnce.run(8, thread -> {
            List<AuditEvent> mine = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                AuditEvent event =
                        event(AuditType.LOGIN, i).actor("thread " + thread).build();
                (thread % 2 == 0 ? one : other).append(List.of(event));
                mine.add(event);
            }
            return mine;
        });

        assertThat(all(one, AuditQuery.ALL, 7))
                .containsExactlyInAnyOrderElementsOf(
                        written.stream().flatMap(List::stream).toList());
    }
}
