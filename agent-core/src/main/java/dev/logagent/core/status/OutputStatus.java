package dev.logagent.core.status;

import dev.logagent.core.events.AgentStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one output does. Immutable.
 *
 * @param retries attempts that failed and were to be repeated
 * @param attempts attempts by what became of them; an entry for each outcome
 * @param latency how long attempts took
 * @param spool what is and was on disk because the destination was away
 * @param spoolSinceMillis since when lines have been in the spool without a break, in milliseconds since the epoch; 0 while
 *     it is empty
 * @param spoolProblem why the spool cannot be written or read; null when it can
 * @param stateProblem why positions cannot be saved; null when they can
 */
public record OutputStatus(
        String name,
        Health health,
        Read read,
        Delivered delivered,
        Queue queue,
        long retries,
        Map<Outcome, Long> attempts,
        LatencyHistogram.Counts latency,
        DeadLetters deadLetters,
        AgentStatus.Spool spool,
        long spoolSinceMillis,
        @Nullable String spoolProblem,
        @Nullable String stateProblem) {

    public OutputStatus {
        attempts = Map.copyOf(attempts);
    }

    /** For how long lines have been in the spool, in milliseconds; 0 while it is empty. */
    public long spoolAgeMillis(long nowMillis) {
        return spoolSinceMillis == 0 ? 0 : Math.max(0, nowMillis - spoolSinceMillis);
    }

    /** What was read for the output since the start, whether or not it is meant for it. */
    public record Read(long events, long bytes) {}

    /**
     * What the destination has confirmed since the start.
     *
     * @param latency how long events took from being read to being confirmed
     */
    public record Delivered(long events, long bytes, long batches, LatencyHistogram.Counts latency) {}

    /**
     * What is on its way, apart from the spool.
     *
     * @param events events that were read but are neither resolved nor in the spool
     * @param inFlight batches that are being sent at this moment
     */
    public record Queue(long events, int inFlight, Gauges gauges) {}

    /**
     * What was refused for good.
     *
     * @param events since the start
     * @param bytes on disk, whenever they were written
     * @param lastReason what the destination said last; null if it has refused nothing
     * @param problem why they cannot be written; null when they can
     * @param reasons how many events were refused for which reason since the start; those that came up first
     */
    public record DeadLetters(
            long events,
            long bytes,
            @Nullable String lastReason,
            @Nullable String problem,
            Map<String, Long> reasons) {

        public DeadLetters {
            reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
        }
    }
}
