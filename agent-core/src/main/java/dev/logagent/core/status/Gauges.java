package dev.logagent.core.status;

import java.time.Duration;

/**
 * What can be looked up in a pipeline at any moment.
 *
 * @param batches batches that are not resolved: waiting, being sent, or waiting for a retry
 * @param batchesWaiting those of them that wait for a retry
 * @param batchCapacity how many there may be
 * @param memoryUsedBytes bytes of lines that are on their way
 * @param memoryMaxBytes how many there may be
 * @param deadLetterBytes how large the dead letters on disk are
 * @param spooledBatches batches in the spool
 * @param spooledBytes what the spool takes up on disk
 * @param away for how long the destination has answered nothing, so that only one batch at a time is tried; zero while it
 *     does
 * @param checkpointAge since when the positions on disk are certainly those in memory
 */
public record Gauges(
        int batches,
        int batchesWaiting,
        int batchCapacity,
        long memoryUsedBytes,
        long memoryMaxBytes,
        long deadLetterBytes,
        long spooledBatches,
        long spooledBytes,
        Duration away,
        Duration checkpointAge) {}
