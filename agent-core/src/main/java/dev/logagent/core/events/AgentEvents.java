package dev.logagent.core.events;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that the pipeline reports. Called by all its threads: implementations must be safe for that, and quick. Each
 * method does nothing unless overridden.
 */
public interface AgentEvents {

    /** A file is followed from now on, and read from an offset in bytes. */
    default void fileOpened(String source, Path file, long offset) {}

    /** A file is not followed any more; {@code offset} bytes of it have been read. */
    default void fileClosed(String source, Path file, long offset) {}

    /** A file was renamed or deleted while it was followed; what is left of it is read before its successor. */
    default void fileRotated(String source, Path file) {}

    /** A file was made shorter, or its contents replaced, while it was followed or the agent was down. */
    default void fileTruncated(String source, Path file, long readBefore) {}

    /** Bytes that were known to exist have gone before anyone could read them. */
    default void bytesLost(String source, Path file, long bytes, String reason) {}

    /** Bytes of a file were passed over because they hold no lines: a hole of NULs. */
    default void holeSkipped(String source, Path file, long offset, long bytes) {}

    /** A path cannot be followed for now; told once for each reason. */
    default void fileSkipped(String source, Path file, String reason) {}

    /** A path that could not be followed can be again. */
    default void fileReadableAgain(String source, Path file) {}

    /** A source has no file yet, and waits for one; told once. */
    default void sourceWaiting(String source, String pattern) {}

    /** A line was longer than allowed and goes out in pieces. */
    default void lineSplit(String source, Path file, long offset) {}

    /** The system does not tell of changes: files are polled instead. */
    default void watchingUnavailable(String what, String reason) {}

    /** Lines are on their way to the aggregator. */
    default void linesRead(LineRun run) {}

    /** A batch, or a part of one, has been confirmed by the destination. */
    default void batchDelivered(Batch batch) {}

    /** An attempt has failed, and the batch will be sent again. */
    default void batchRetried(Batch batch, int attempt, String reason, Duration delay) {}

    /** The destination has stopped taking batches, or fails for another reason than before. */
    default void destinationFailing(String reason, boolean misconfigured) {}

    /** A batch has failed {@code attempts} times: it is kept, and retried at the longest delay. Told once an outage. */
    default void batchParked(int attempts, String reason) {}

    /** The destination takes batches again. */
    default void destinationRecovered(Duration outage, long failedAttempts) {}

    /** A transport has thrown what it must not: a bug in it. */
    default void transportBroken(Throwable bug) {}

    /** Events were refused for good, and are in the dead letters. */
    default void eventsRejected(int events, String reason, Path deadLetters) {}

    /** Dead letters cannot be written: the events are kept and tried again. */
    default void deadLettersFailing(String reason) {}

    /** A checkpoint was damaged and has been set aside. */
    default void checkpointDamaged(Path checkpoint, Path setAside, String reason) {}

    /** Positions cannot be saved; told once, until they can be again. */
    default void checkpointNotSaved(String reason) {}

    /** Positions can be saved again. */
    default void checkpointSavedAgain() {}
}
