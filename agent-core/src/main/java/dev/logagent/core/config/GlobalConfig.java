package dev.logagent.core.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What holds for all sources.
 *
 * @param agentName names this agent in every payload
 * @param maxSendTasks how many batches may be in flight at once, repeated ones included
 * @param retryCount after how many failed attempts a batch counts as parked, which is reported; it is retried all the
 *     same
 * @param retryDelay the wait before the second attempt; it doubles with each further one, up to 30 s
 * @param channelBound how many runs of lines may wait for the aggregator, and how many batches may be unresolved
 * @param interval how long an open batch waits for more lines
 * @param maxBatchSize how many events close a batch
 * @param maxBatchBytes how many bytes of lines close a batch
 * @param stateDir where positions and dead letters are kept
 * @param ordering whether batches of one source may overtake each other
 * @param maxLineBytes longer lines are split
 * @param shutdownTimeout how long a stop waits for what is in flight
 */
public record GlobalConfig(
        String agentName,
        int maxSendTasks,
        int retryCount,
        Duration retryDelay,
        int channelBound,
        Duration interval,
        int maxBatchSize,
        long maxBatchBytes,
        Path stateDir,
        Ordering ordering,
        int maxLineBytes,
        Duration shutdownTimeout) {

    /** Whether batches of one source may overtake each other on their way. */
    public enum Ordering {
        /** Any batch may overtake any other. */
        NONE,
        /** A batch waits until the earlier ones that hold lines of its sources are resolved. */
        SOURCE
    }
}
