package dev.logagent.dist.console;

import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.Gauges;
import dev.logagent.core.status.OutputStatus;
import dev.logagent.core.status.SourceStatus;
import java.util.List;
import java.util.Optional;

/**
 * How a file does, in a few words for somebody who sees the program for the first time: what has left it for the spool or
 * for memory is not delivered yet.
 *
 * @param state its own, or {@code BEHIND} when its lines do not arrive
 * @param says why it is not read and delivered as it should be; empty where there is nothing to explain
 * @param sinceMillis since when, in milliseconds since the epoch; 0 where that is not known
 * @param lagMillis how long the oldest line that is not delivered has been waiting at most
 */
record Explanation(FileStatus.State state, String says, long sinceMillis, long lagMillis) {

    private static final double FULL = 0.9;

    /** An outage so short is over before anyone can look. */
    private static final long PATIENCE_MILLIS = 10_000;

    static Explanation of(FileStatus file, SourceStatus source, Snapshot now) {
        List<OutputStatus> outputs = now.outputs();
        if (file.state() == FileStatus.State.UNREADABLE) {
            return new Explanation(file.state(), file.reason(), 0, file.lagMillis());
        }
        if (now.paused().contains(source.name())) {
            return new Explanation(file.state(), "paused by somebody; log-agent resume goes on", 0, file.lagMillis());
        }
        boolean behind = file.state() == FileStatus.State.BEHIND;
        boolean outstanding = source.counters().lines() > source.counters().delivered();
        Optional<OutputStatus> failing = outputs.stream()
                .filter(output -> !output.health().isDelivering())
                .filter(output -> behind || isLong(output, now))
                .findFirst();
        if (failing.isPresent() && (behind || outstanding)) {
            OutputStatus output = failing.get();
            return new Explanation(
                    FileStatus.State.BEHIND,
                    named(output, outputs) + output.health().reason(),
                    output.health().sinceMillis(),
                    Math.max(file.lagMillis(), output.spoolAgeMillis(now.atMillis())));
        }
        return new Explanation(file.state(), behind ? why(file, source, now) : "", 0, file.lagMillis());
    }

    private static boolean isLong(OutputStatus output, Snapshot now) {
        return now.atMillis() - output.health().sinceMillis() > PATIENCE_MILLIS;
    }

    private static String why(FileStatus file, SourceStatus source, Snapshot now) {
        List<OutputStatus> outputs = now.outputs();
        for (OutputStatus output : outputs) {
            if (output.spoolProblem() != null) {
                return named(output, outputs) + "the spool cannot be used: " + output.spoolProblem();
            }
            if (isFull(output)) {
                return named(output, outputs) + "the destination is slower than the files grow; reading waits";
            }
        }
        if (file.readBytes() >= file.sizeBytes()) {
            return "read to its end; the destination has not confirmed it yet";
        }
        String limit = now.limits().on(source.name());
        return limit.isEmpty() ? "catching up: not read to its end yet" : limit;
    }

    private static String named(OutputStatus output, List<OutputStatus> all) {
        return all.size() == 1 ? "" : "output " + output.name() + ": ";
    }

    private static boolean isFull(OutputStatus output) {
        Gauges gauges = output.queue().gauges();
        return gauges.memoryUsedBytes() > FULL * gauges.memoryMaxBytes() || gauges.batches() >= gauges.batchCapacity();
    }
}
