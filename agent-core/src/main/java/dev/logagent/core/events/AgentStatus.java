package dev.logagent.core.events;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counters since the start, taken at one moment.
 *
 * @param linesRead lines handed over by the detectors
 * @param bytesRead bytes of these lines, terminators included
 * @param linesNotParsed lines that were to be parsed and went on whole
 * @param filesOpen files being followed
 * @param filesUnreadable files that are meant but cannot be followed now: no permission, not a regular file
 * @param eventsDelivered events that the destination has confirmed
 * @param batchesDelivered batches that the destination has confirmed
 * @param retries attempts that failed and are to be repeated
 * @param deadLetters events written to the dead letters
 * @param bytesLost bytes that were known to exist and have gone before anyone could read them
 * @param recordsLost messages of other sources than files that have gone before anyone could read them; at least
 * @param inputsFailing sources other than files that cannot be read now
 * @param deletedBytesHeld disk space that is held now by files that were deleted before they were read
 * @param batchesInFlight batches not resolved yet: waiting, being sent, or waiting for a retry
 * @param redactions how often each rule has taken something out of a line, by the rule's name; those that have
 * @param spool what is on disk
 */
public record AgentStatus(
        long linesRead,
        long bytesRead,
        long linesNotParsed,
        int filesOpen,
        int filesUnreadable,
        long eventsDelivered,
        long batchesDelivered,
        long retries,
        long deadLetters,
        long bytesLost,
        long recordsLost,
        int inputsFailing,
        long deletedBytesHeld,
        int batchesInFlight,
        Map<String, Long> redactions,
        Spool spool) {

    public AgentStatus {
        redactions = Collections.unmodifiableMap(new TreeMap<>(redactions));
    }

    /**
     * What is and was on disk because the destination was away.
     *
     * @param batches that are there now
     * @param bytes that they take up
     * @param eventsSpooled events that were written since the start
     * @param eventsDropped events given up because there was no room
     * @param eventsWithheld events kept back because the output may not have them any more
     * @param batchesDamaged batches that could not be read
     */
    public record Spool(
            long batches,
            long bytes,
            long eventsSpooled,
            long eventsDropped,
            long eventsWithheld,
            long batchesDamaged) {}
}
