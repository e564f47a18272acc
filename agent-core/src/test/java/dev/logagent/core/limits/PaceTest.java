package dev.logagent.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.config.RateConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PaceTest {

    private final AtomicLong now = new AtomicLong();
    private final AtomicLong cpu = new AtomicLong();

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private Pace pace(long lines, long bytes) {
        return new Pace(new RateConfig(lines, bytes), List.of(), null, now::get);
    }

    @Test
    void holdsTheRateOnTheAverageHoweverLargeThePiecesAre() {
        Pace pace = pace(100, 0);
        long taken = 0;
        for (int step = 0; step < 1000; step++) {
            while (pace.await(Duration.ZERO)) {
                pace.took(1 + step % 70, 0);
                taken += 1 + step % 70;
            }
            pass(Duration.ofMillis(100));
        }

        // 100 seconds, what was saved before, and the last piece.
        assertThat(taken).isBetween(10_000L, 10_000L + 100 + 70);
    }

    @Test
    void countsBytesAsWell() {
        Pace pace = pace(1_000_000, 1000);
        pace.took(1, 3000);

        assertThat(pace.await(Duration.ZERO)).isFalse();
        pass(Duration.ofMillis(1990));
        assertThat(pace.await(Duration.ZERO)).isFalse();
        pass(Duration.ofMillis(20));
        assertThat(pace.await(Duration.ZERO)).isTrue();
    }

    @Test
    void readsSmallBlocksWhereLittleIsAllowed() {
        assertThat(Pace.FREE.blockBytes()).isGreaterThan(1 << 20);
        assertThat(pace(10_000_000, 0).blockBytes()).isGreaterThan(1 << 20);
        assertThat(pace(100, 0).blockBytes()).isEqualTo(2048);
        assertThat(pace(0, 100_000).of(new RateConfig(1_000_000, 0)).blockBytes())
                .isEqualTo(5_000);
    }

    @Test
    void waitsWhileTheProcessUsesMoreThanItsShareOfTheProcessor() {
        CpuShare share = new CpuShare(50, now::get, cpu::get);
        Pace pace = new Pace(RateConfig.UNLIMITED, List.of(), share, now::get);
        pass(Duration.ofSeconds(1));
        cpu.addAndGet(TimeUnit.MILLISECONDS.toNanos(900));

        assertThat(pace.await(Duration.ZERO)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(pace.await(Duration.ZERO)).isTrue();
    }

    @Test
    void knowsHowMuchProcessorTimeItHasUsed() {
        long before = CpuShare.ofProcess();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(60);
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }

        assertThat(CpuShare.ofProcess()).isGreaterThan(before);
    }
}
