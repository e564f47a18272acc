package dev.logagent.core.events;

import dev.logagent.api.Batch;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.ParserConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the log what an operator wants to know: changes of state, each once, not each line or attempt. */
public final class LoggingEvents implements AgentEvents {

    /** With very many files, a line for each would cost more than the files. */
    private static final int MOST_FILES_TOLD = 1000;

    private final Logger files;
    private final Logger destination;
    private final Logger state;
    private final Logger spool;
    private volatile String deadLettersObstacle = "";
    private final AtomicInteger filesTold = new AtomicInteger();
    private final Set<String> unparsed = ConcurrentHashMap.newKeySet();

    /** @param output the output whose pipeline reports; the default one is not named in the log */
    public LoggingEvents(String output) {
        String suffix = output.equals(OutputConfig.DEFAULT_NAME) ? "" : "/" + output;
        files = LoggerFactory.getLogger("files" + suffix);
        destination = LoggerFactory.getLogger("destination" + suffix);
        state = LoggerFactory.getLogger("state" + suffix);
        spool = LoggerFactory.getLogger("spool" + suffix);
    }

    @Override
    public void fileOpened(String source, Path file, long offset) {
        int count = filesTold.incrementAndGet();
        if (count <= MOST_FILES_TOLD) {
            files.info("[{}] following {} from byte {}", source, file, offset);
        } else {
            files.debug("[{}] following {} from byte {}", source, file, offset);
        }
        if (count == MOST_FILES_TOLD) {
            files.info("{} files have been opened; further ones are told of at level debug only", count);
        }
    }

    @Override
    public void fileClosed(String source, Path file, long offset) {
        files.debug("[{}] closed {} after byte {}", source, file, offset);
    }

    @Override
    public void fileRotated(String source, Path file) {
        files.info("[{}] {} was rotated; reading the old one to its end", source, file);
    }

    @Override
    public void fileTruncated(String source, Path file, long readBefore) {
        files.info(
                "[{}] {} was truncated or replaced after {} bytes were read; reading the new contents from the start",
                source,
                file,
                readBefore);
    }

    @Override
    public void bytesLost(String source, Path file, long bytes, String reason) {
        files.error("[{}] {} bytes of {} are lost: {}", source, bytes, file, reason);
    }

    @Override
    public void inputOpened(String source, String input, String from) {
        files.info("[{}] reading {} {}", source, input, from);
    }

    @Override
    public void inputFailing(String source, String input, String reason) {
        files.error("[{}] cannot read {}: {}; will try again", source, input, reason);
    }

    @Override
    public void inputRecovered(String source, String input) {
        files.info("[{}] {} can be read again", source, input);
    }

    @Override
    public void recordsLost(String source, String input, long records, String reason) {
        if (records == 0) {
            files.error("[{}] messages of {} may be lost: {}", source, input, reason);
        } else {
            files.error("[{}] {} messages of {} are lost: {}", source, records, input, reason);
        }
    }

    @Override
    public void inputNotice(String source, String input, String notice) {
        files.info("[{}] {}: {}", source, input, notice);
    }

    @Override
    public void deletedBytesOverLimit(long bytes, long max, boolean givesUp) {
        files.warn(
                "files that were deleted before they were read hold {} bytes, more than max_held_deleted_bytes ({});"
                        + " {}",
                bytes,
                max,
                givesUp ? "giving up the oldest" : "they are kept until they are read");
    }

    @Override
    public void holeSkipped(String source, Path file, long offset, long bytes) {
        files.warn("[{}] skipped a hole of {} NUL bytes at byte {} of {}", source, bytes, offset, file);
    }

    @Override
    public void fileSkipped(String source, Path file, String reason) {
        files.warn("[{}] cannot read {}: {}; will try again", source, file, reason);
    }

    @Override
    public void fileReadableAgain(String source, Path file) {
        files.info("[{}] {} can be read again", source, file);
    }

    @Override
    public void sourceWaiting(String source, String pattern) {
        files.info("[{}] no file matches {} yet; waiting for one", source, pattern);
    }

    @Override
    public void logsDiscovered(int found, int sources, int skipped) {
        files.info(
                "discovered {} logs of {} sources; {} other files are not followed: log-agent sources says why",
                found,
                sources,
                skipped);
    }

    @Override
    public void formatFound(String source, String file, String format) {
        files.info("[{}] {} is read as {}", source, file, format);
    }

    @Override
    public void linesNotParsed(String source, String file, String format, int lines) {
        if (!format.equals(ParserConfig.PLAIN) && unparsed.add(file + " " + format)) {
            files.warn("[{}] {} holds lines that are not {}; these are sent whole", source, file, format);
        }
    }

    @Override
    public void lineSplit(String source, String file, long offset) {
        files.warn(
                "[{}] the line at byte {} of {} is longer than max_line_bytes; sending it in pieces",
                source,
                offset,
                file);
    }

    @Override
    public void watchingUnavailable(String what, String reason) {
        files.warn("{}: the system does not tell of changes ({}); polling instead", what, reason);
    }

    @Override
    public void batchRetried(Batch batch, int attempt, String reason, Duration delay) {
        destination.debug(
                "batch {} failed {} times ({}); next try in {} ms", batch.id(), attempt, reason, delay.toMillis());
    }

    @Override
    public void destinationFailing(String reason, boolean misconfigured) {
        if (misconfigured) {
            destination.error(
                    "refused: {}; check end_point and the transport's credentials. Nothing is lost: retrying slowly",
                    reason);
        } else {
            destination.warn("not delivering: {}; retrying", reason);
        }
    }

    @Override
    public void batchParked(int attempts, String reason) {
        destination.warn(
                "a batch has failed {} times ({}); it is kept and retried until it is delivered", attempts, reason);
    }

    @Override
    public void destinationRecovered(Duration outage, long failedAttempts) {
        destination.info("delivering again after {} ms and {} failed attempts", outage.toMillis(), failedAttempts);
    }

    @Override
    public void transportBroken(Throwable bug) {
        destination.error("the transport has a bug; the batch is kept and retried", bug);
    }

    @Override
    public void eventsRejected(int events, String reason, Path deadLetters) {
        if (!deadLettersObstacle.isEmpty()) {
            deadLettersObstacle = "";
            state.info("dead letters can be written again");
        }
        destination.error("{} event(s) refused for good ({}); kept in {}", events, reason, deadLetters);
    }

    @Override
    public void deadLettersFailing(String reason) {
        // Tried again and again: told once, until the reason is another one.
        if (!deadLettersObstacle.equals(reason)) {
            deadLettersObstacle = reason;
            state.error("dead letters cannot be written ({}); the refused events are kept and tried again", reason);
        }
    }

    @Override
    public void spoolFilling(Path folder) {
        spool.warn("the destination is away; writing what waits for it to {}", folder);
    }

    @Override
    public void batchSpooled(Batch batch) {
        spool.debug("batch {} with {} events is on disk", batch.id(), batch.size());
    }

    @Override
    public void spoolFound(Path folder, long batches, long bytes) {
        spool.info("{} batches ({} bytes) from earlier are in {}; delivering them first", batches, bytes, folder);
    }

    @Override
    public void spoolDrained() {
        spool.info("everything that was on disk is delivered");
    }

    @Override
    public void spoolLeft(long batches, long bytes) {
        spool.warn("{} batches ({} bytes) stay on disk, and are delivered first after the next start", batches, bytes);
    }

    @Override
    public void spoolFull(long bytes) {
        spool.error(
                "{} bytes are on disk, there is no room for more: reading waits until the destination is back."
                        + " max_disk_bytes in [buffer] sets the limit",
                bytes);
    }

    @Override
    public void spoolFailing(Path folder, String reason) {
        spool.error("{} cannot be used ({}); nothing is lost, reading waits; trying again", folder, reason);
    }

    @Override
    public void spoolWorksAgain() {
        spool.info("the spool can be used again");
    }

    @Override
    public void spoolAbandoned(Path segment, String reason) {
        spool.error("{} did not reach the disk ({}); writing the same batches to another file", segment, reason);
    }

    @Override
    public void spoolTailCut(Path segment, long bytes) {
        spool.info(
                "{} ends with {} bytes of a batch that was not written completely; it is read again", segment, bytes);
    }

    @Override
    public void spoolDamaged(Path setAside, long batches) {
        spool.error(
                "{} batch(es) on disk are damaged or missing; delivering the others, keeping {}", batches, setAside);
    }

    @Override
    public void eventsWithheld(String source, int events, Path folder) {
        spool.error(
                "{} events of source '{}' on disk may not be sent here any more ([sovereignty]); kept in {} until they may",
                events,
                source,
                folder);
    }

    @Override
    public void eventsDropped(long events) {
        spool.error("{} events were dropped to make room (on_full = \"drop_oldest\")", events);
    }

    @Override
    public void checkpointDamaged(Path checkpoint, Path setAside, String reason) {
        state.error(
                "{} is damaged ({}); moved to {}. Lines may be sent again, none is skipped",
                checkpoint,
                reason,
                setAside);
    }

    @Override
    public void checkpointNotSaved(String reason) {
        state.error("positions cannot be saved ({}); after a restart lines would be sent again", reason);
    }

    @Override
    public void checkpointSavedAgain() {
        state.info("positions can be saved again");
    }
}
