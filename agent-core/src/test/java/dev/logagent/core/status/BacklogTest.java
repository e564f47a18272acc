package dev.logagent.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BacklogTest {

    private static final long NONE = Long.MAX_VALUE;

    private final Backlog backlog = new Backlog();

    @Test
    void nothingIsOpenInAFileThatIsDelivered() {
        assertThat(backlog.openSince(100, 100, 1000)).isEqualTo(NONE);
    }

    @Test
    void ageIsThatOfTheOldestOpenByte() {
        backlog.openSince(0, 100, 1000);
        backlog.openSince(0, 200, 2000);

        assertThat(backlog.openSince(99, 300, 3000)).isEqualTo(1000);
        assertThat(backlog.openSince(100, 300, 3000)).isEqualTo(2000);
        assertThat(backlog.openSince(299, 300, 3000)).isEqualTo(3000);
        assertThat(backlog.openSince(300, 300, 3000)).isEqualTo(NONE);
    }

    @Test
    void neverTellsMoreThanTheTruthHoweverLongTheBacklogIs() {
        Seeds.forEach(20, BacklogTest::check);
    }

    private static void check(Random random) {
        Backlog backlog = new Backlog();
        long[] writtenAt = new long[10_000];
        int size = 0;
        int delivered = 0;
        for (int now = 1; size < 9_000; now++) {
            int more = random.nextInt(20);
            for (int i = 0; i < more; i++) {
                writtenAt[size++] = now;
            }
            delivered = Math.min(size, delivered + random.nextInt(15));
            long told = backlog.openSince(delivered, size, now);
            if (delivered == size) {
                assertThat(told).isEqualTo(NONE);
            } else {
                assertThat(told).isBetween(writtenAt[delivered], (long) now);
            }
        }
    }
}
