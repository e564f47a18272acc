package dev.logagent.dist.console;

import dev.logagent.core.status.LatencyHistogram;
import dev.logagent.core.status.OutputStatus;
import java.util.List;
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
            "lag_seconds");

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
            LatencyHistogram.@Nullable Counts latency) {

        /** Each output reads for itself: what was read is what the one has that reads most. */
        private static long most(Snapshot now, ToLongFunction<OutputStatus> figure) {
            return now.outputs().stream().mapToLong(figure).max().orElse(0);
        }

        static Totals of(Snapshot now) {
            LatencyHistogram.Counts latency = now.outputs().stream()
                    .map(OutputStatus::latency)
                    .reduce(LatencyHistogram.Counts::plus)
                    .orElse(null);
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
                    latency);
        }
    }

    static Sample between(Totals before, Totals after, Snapshot now) {
        double seconds = Math.max(1e-3, (after.nanos - before.nanos) / 1e9);
        LatencyHistogram.Counts latency =
                after.latency != null && before.latency != null ? after.latency.since(before.latency) : after.latency;
        return new Sample(
                now.atMillis(),
                List.of(
                        (after.lines - before.lines) / seconds,
                        (after.delivered - before.delivered) / seconds,
                        (after.bytes - before.bytes) / seconds,
                        (after.deliveredBytes - before.deliveredBytes) / seconds,
                        latency == null ? 0.0 : latency.quantile(0.5),
                        latency == null ? 0.0 : latency.quantile(0.99),
                        sum(now, output -> output.queue().events()),
                        sum(now, output -> output.queue().inFlight()),
                        (after.retries - before.retries) / seconds,
                        (after.cpuSeconds - before.cpuSeconds) / seconds,
                        (double) now.process().residentBytes(),
                        sum(now, output -> output.queue().gauges().memoryUsedBytes()),
                        now.lagMillis() / 1e3));
    }

    private static double sum(Snapshot now, ToLongFunction<OutputStatus> figure) {
        return now.outputs().stream().mapToLong(figure).sum();
    }
}
