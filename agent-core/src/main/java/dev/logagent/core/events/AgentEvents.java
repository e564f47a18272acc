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

    /** Files that were deleted before they were read hold so many bytes of disk space now, over all sources. */
    default void deletedBytesHeld(long bytes) {}

    /**
     * Deleted files hold more than they may; told once, until they do not any more.
     *
     * @param givesUp whether some are given up for that, which is told by {@link #bytesLost}
     */
    default void deletedBytesOverLimit(long bytes, long max, boolean givesUp) {}

    /** Bytes of a file were passed over because they hold no lines: a hole of NULs. */
    default void holeSkipped(String source, Path file, long offset, long bytes) {}

    /** A path cannot be followed for now; told once for each reason. */
    default void fileSkipped(String source, Path file, String reason) {}

    /** A path that could not be followed can be again. */
    default void fileReadableAgain(String source, Path file) {}

    /** A path that could not be followed is gone. */
    default void skippedFileGone(String source, Path file) {}

    /** A source has no file yet, and waits for one; told once. */
    default void sourceWaiting(String source, String pattern) {}

    /** A line was longer than allowed and goes out in pieces. */
    default void lineSplit(String source, String file, long offset) {}

    /**
     * The places where logs are looked for have been looked through for the first time.
     *
     * @param files those that are followed
     * @param sources the sources that these belong to
     * @param skipped the files that are not followed
     */
    default void logsDiscovered(int files, int sources, int skipped) {}

    /** The system does not tell of changes: files are polled instead. */
    default void watchingUnavailable(String what, String reason) {}

    /** The lines of a file turn out to be of a format, {@code plain} if of none that is known. */
    default void formatFound(String source, String file, String format) {}

    /** Lines were not of the format that was configured or found, and go on whole. */
    default void linesNotParsed(String source, String file, String format, int lines) {}

    /** Lines were parsed as of a format, {@code plain} if of none that is known; so many of them were not of it. */
    default void linesParsed(String format, LineRun run, int unparsed) {}

    /** A source that is no set of files is read from now on. */
    default void inputOpened(String source, String input, String from) {}

    /** A source that is no set of files cannot be read for now; told once for each reason. */
    default void inputFailing(String source, String input, String reason) {}

    /** A source that could not be read can be again. */
    default void inputRecovered(String source, String input) {}

    /** What was to be read has gone before anyone could read it; {@code records} is 0 where nobody knows how many. */
    default void recordsLost(String source, String input, long records, String reason) {}

    /** Something that an operator may want to know of a source has happened: the host was booted anew, and the like. */
    default void inputNotice(String source, String input, String notice) {}

    /** Lines are on their way to the aggregator. */
    default void linesRead(LineRun run) {}

    /** A rule has found things in lines, and taken them out. */
    default void redacted(String rule, long matches) {}

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

    /** The destination is away for long, or memory is used up: batches go to disk from now on. */
    default void spoolFilling(Path spool) {}

    /** A batch is in the spool, durably. */
    default void batchSpooled(Batch batch) {}

    /** Batches from an earlier life are in the spool, and are delivered first. */
    default void spoolFound(Path spool, long batches, long bytes) {}

    /** Everything that was in the spool has arrived. */
    default void spoolDrained() {}

    /** The agent stops while there are batches in the spool. */
    default void spoolLeft(long batches, long bytes) {}

    /** Neither the spool nor memory has room: reading waits. Told once, until there is room again. */
    default void spoolFull(long bytes) {}

    /** The spool cannot be written or read; told once, until it can be again. */
    default void spoolFailing(Path spool, String reason) {}

    /** The spool can be written and read again. */
    default void spoolWorksAgain() {}

    /** A part of the spool did not reach the disk: nothing in it was relied on, and it is written anew. */
    default void spoolAbandoned(Path segment, String reason) {}

    /** The last record of the spool was not written completely, when the agent was ended. It was not relied on. */
    default void spoolTailCut(Path segment, long bytes) {}

    /** Batches in the spool are damaged or missing; the others are delivered, and the segment is then kept aside. */
    default void spoolDamaged(Path setAside, long batches) {}

    /** Events in the spool that the output may not have any more: they are kept. */
    default void eventsWithheld(String source, int events, Path folder) {}

    /** Events were given up because there was no room, as {@code on_full = "drop_oldest"} asks for. */
    default void eventsDropped(long events) {}

    /** A checkpoint was damaged and has been set aside. */
    default void checkpointDamaged(Path checkpoint, Path setAside, String reason) {}

    /** Positions cannot be saved; told once, until they can be again. */
    default void checkpointNotSaved(String reason) {}

    /** Positions can be saved again. */
    default void checkpointSavedAgain() {}
}
