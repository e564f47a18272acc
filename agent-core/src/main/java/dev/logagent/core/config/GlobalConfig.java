package dev.logagent.core.config;

import dev.logagent.api.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

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
 * @param grownBatchSize how many events close one that would only have to wait for earlier ones; not fewer
 * @param maxBatchBytes how many bytes of lines close a batch
 * @param stateDir where positions and dead letters are kept
 * @param ordering whether batches of one source may overtake each other
 * @param maxLineBytes longer lines are split
 * @param shutdownTimeout how long a stop waits for what is in flight
 * @param urgentLevels a parsed line of such a level makes its batch leave at once
 */
public record GlobalConfig(
        String agentName,
        int maxSendTasks,
        int retryCount,
        Duration retryDelay,
        int channelBound,
        Duration interval,
        int maxBatchSize,
        int grownBatchSize,
        long maxBatchBytes,
        Path stateDir,
        Ordering ordering,
        int maxLineBytes,
        Duration shutdownTimeout,
        Set<Level> urgentLevels) {

    public GlobalConfig {
        urgentLevels = Set.copyOf(urgentLevels);
    }

    /** Where no line is in a hurry. */
    public GlobalConfig(
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
        this(
                agentName,
                maxSendTasks,
                retryCount,
                retryDelay,
                channelBound,
                interval,
                maxBatchSize,
                maxBatchSize,
                maxBatchBytes,
                stateDir,
                ordering,
                maxLineBytes,
                shutdownTimeout,
                Set.of());
    }

    /** Whether batches of one source may overtake each other on their way. */
    public enum Ordering {
        /** Any batch may overtake any other. */
        NONE,
        /** A batch waits until the earlier ones that hold lines of its sources are resolved. */
        SOURCE
    }
}
