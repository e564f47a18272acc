package dev.logagent.core.ack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.discovery.Fingerprint;
import dev.logagent.core.testing.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AckTrackerTest {

    private static Position at(long offset) {
        return new Position(offset, new Fingerprint(1, offset));
    }

    @Test
    void advancesOverTheContiguousPrefixOnly() {
        AckTracker tracker = new AckTracker(at(0));

        tracker.resolve(20, at(30));
        assertThat(tracker.position()).isEqualTo(at(0));
        tracker.resolve(0, at(10));
        assertThat(tracker.position()).isEqualTo(at(10));
        tracker.resolve(10, at(20));

        assertThat(tracker.position()).isEqualTo(at(30));
        assertThat(tracker.rangesAhead()).isZero();
    }

    @Test
    void neverMovesBackWhenARangeIsToldAgain() {
        AckTracker tracker = new AckTracker(at(0));

        tracker.resolve(0, at(10));
        tracker.resolve(0, at(5));

        assertThat(tracker.position()).isEqualTo(at(10));
    }

    @Test
    void startsWhereReadingStarted() {
        AckTracker tracker = new AckTracker(at(100));

        tracker.resolve(100, at(120));

        assertThat(tracker.position()).isEqualTo(at(120));
    }

    /** Ranges that overlap, in any order and some twice, against one bit for each byte. */
    @Test
    void neverPassesAByteThatIsNotResolved() {
        Seeds.forEach(500, random -> {
            AckTracker tracker = new AckTracker(at(0));
            BitSet resolved = new BitSet();
            for (int step = 0; step < 60; step++) {
                int start = random.nextInt(200);
                int end = start + 1 + random.nextInt(20);
                tracker.resolve(start, at(end));
                resolved.set(start, end);
                assertThat(tracker.position().offset()).isEqualTo(resolved.nextClearBit(0));
                assertThat(tracker.position().marker().hash())
                        .as("the marker belongs to the offset")
                        .isEqualTo(tracker.position().offset());
            }
        });
    }

    @Test
    void reachesTheEndWhenEveryRangeIsResolvedInAnyOrder() {
        Seeds.forEach(200, random -> {
            List<Integer> starts = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                starts.add(i * 10);
            }
            Collections.shuffle(starts, random);
            AckTracker tracker = new AckTracker(at(0));
            for (int start : starts) {
                tracker.resolve(start, at(start + 10));
            }
            assertThat(tracker.position()).isEqualTo(at(500));
            assertThat(tracker.rangesAhead()).isZero();
        });
    }
}
