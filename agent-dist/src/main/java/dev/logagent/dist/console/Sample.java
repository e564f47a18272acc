package dev.logagent.dist.console;

import dev.logagent.core.status.LatencyHistogram;
import dev.logagent.core.status.OutputStatus;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the charts show of one second. Rates are a second's, latencies in seconds.
 *
 * @param values in the order of {@link #NAMES}
 */
record Sample(long atMillis, List<Double> values) {

    static final List<String> NAMES = List.of(
            "lines_read",
            "lines_delivered",
            "bytes_read",
            "bytes_delivered",
            "latency_median",
            "latency_p99",
            "queue_events",
            "in_flight",
            "retries",
            "cpu",
            "resident_bytes",
            "memory_used",
            "spool_bytes",
            "lag_seconds",
            "delivery_median",
            "delivery_p99");

    Sample {
        values = List.copyOf(values);
    }

    /** What counts up, to be compared with the same a moment later. */
    record Totals(
            long nanos,
            long lines,
            long delivered,
            long bytes,
            long deliveredBytes,
            long retries,
            double cpuSeconds,
            LatencyHistogram.@Nullable Counts latency,
            LatencyHistogram.@Nullable Counts delivery) {

        /** Each output reads for itself: what was read is what the one has that reads most. */
        private static long most(Snapshot now, ToLongFunction<OutputStatus> figure) {
            return now.outputs().stream().mapToLong(figure).max().orElse(0);
        }

        static Totals of(Snapshot now) {
            return new Totals(
                    System.nanoTime(),
                    most(now, output -> output.read().events()),
                    now.outputs().stream()
                            .mapToLong(o -> o.delivered().events())
                            .sum(),
                    most(now, output -> output.read().bytes()),
                    now.outputs().stream().mapToLong(o -> o.delivered().bytes()).sum(),
                    now.outputs().stream().mapToLong(OutputStatus::retries).sum(),
                    now.process().cpuSeconds(),
                    all(now, OutputStatus::latency),
                    all(now, output -> output.delivered().latency()));
        }

        private static LatencyHistogram.@Nullable Counts all(
                Snapshot now, Function<OutputStatus, LatencyHistogram.Counts> figure) {
            return now.outputs().stream()
                    .map(figure)
                    .reduce(LatencyHistogram.Counts::plus)
                    .orElse(null);
        }
    }

    static Sample between(Totals before, Totals after, Snapshot now) {
        double seconds = Math.max(1e-3, (after.nanos - before.nanos) / 1e9);
        LatencyHistogram.Counts latency = between(before.latency, after.latency);
        LatencyHistogram.Counts delivery = between(before.delivery, after.delivery);
        return new Sample(
                now.atMillis(),
                List.of(
                        (after.lines - before.lines) / seconds,
                        (after.delivered - before.delivered) / seconds,
                        (after.bytes - before.bytes) / seconds,
                        (after.deliveredBytes - before.deliveredBytes) / seconds,
                        quantile(latency, 0.5),
                        quantile(latency, 0.99),
                        sum(now, output -> output.queue().events()),
                        sum(now, output -> output.queue().inFlight()),
                        (after.retries - before.retries) / seconds,
                        (after.cpuSeconds - before.cpuSeconds) / seconds,
                        (double) now.process().residentBytes(),
                        sum(now, output -> output.queue().gauges().memoryUsedBytes()),
                        sum(now, output -> output.spool().bytes()),
                        now.lagMillis() / 1e3,
                        quantile(delivery, 0.5),
                        quantile(delivery, 0.99)));
    }

    private static LatencyHistogram.@Nullable Counts between(
            LatencyHistogram.@Nullable Counts before, LatencyHistogram.@Nullable Counts after) {
        return before == null || after == null ? after : after.since(before);
    }

    private static double quantile(LatencyHistogram.@Nullable Counts counts, double share) {
        return counts == null ? 0 : counts.quantile(share);
    }

    private static double sum(Snapshot now, ToLongFunction<OutputStatus> figure) {
        return now.outputs().stream().mapToLong(figure).sum();
    }
}
