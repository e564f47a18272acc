package dev.logagent.core.events;

/**
 * Counters since the start, taken at one moment.
 *
 * @param linesRead lines handed over by the detectors
 * @param bytesRead bytes of these lines, terminators included
 * @param filesOpen files being followed
 * @param filesUnreadable files that are meant but cannot be followed now: no permission, not a regular file
 * @param eventsDelivered events that the destination has confirmed
 * @param batchesDelivered batches that the destination has confirmed
 * @param retries attempts that failed and are to be repeated
 * @param deadLetters events written to the dead letters
 * @param batchesInFlight batches not resolved yet: waiting, being sent, or waiting for a retry
 */
public record AgentStatus(
        long linesRead,
        long bytesRead,
        int filesOpen,
        int filesUnreadable,
        long eventsDelivered,
        long batchesDelivered,
        long retries,
        long deadLetters,
        int batchesInFlight) {}
