package dev.logagent.core.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LatencyHistogramTest {

    private final LatencyHistogram histogram = new LatencyHistogram();

    private void record(long millis, int times) {
        for (int i = 0; i < times; i++) {
            histogram.record(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    @Test
    void estimatesQuantilesWithinAClass() {
        record(30, 90);
        record(700, 10);

        LatencyHistogram.Counts counts = histogram.counts();
        assertThat(counts.total()).isEqualTo(100);
        assertThat(counts.sumSeconds()).isCloseTo(9.7, within(1e-6));
        assertThat(counts.quantile(0.5)).isBetween(0.025, 0.05);
        assertThat(counts.quantile(0.99)).isBetween(0.5, 1.0);
    }

    @Test
    void countsWhatIsBeyondTheLastBound() {
        record(7_200_000, 1);

        LatencyHistogram.Counts counts = histogram.counts();
        assertThat(counts.count(counts.classes() - 1)).isEqualTo(1);
        assertThat(counts.bound(counts.classes() - 1)).isInfinite();
        assertThat(counts.quantile(0.5)).isEqualTo(3600);
    }

    @Test
    void tellsWhatHasComeSince() {
        record(30, 5);
        LatencyHistogram.Counts earlier = histogram.counts();
        record(700, 2);

        LatencyHistogram.Counts since = histogram.counts().since(earlier);
        assertThat(since.total()).isEqualTo(2);
        assertThat(since.quantile(0.1)).isBetween(0.5, 1.0);
        assertThat(since.plus(earlier).total()).isEqualTo(7);
        assertThat(earlier.since(earlier).quantile(0.5)).isZero();
    }
}
