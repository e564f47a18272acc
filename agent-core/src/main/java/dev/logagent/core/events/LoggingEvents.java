package dev.logagent.core.events;

import dev.logagent.api.Batch;
import dev.logagent.core.config.OutputConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the log what an operator wants to know: changes of state, each once, not each line or attempt. */
public final class LoggingEvents implements AgentEvents {

    private final Logger files;
    private final Logger destination;
    private final Logger state;

    /** @param output the output whose pipeline reports; the default one is not named in the log */
    public LoggingEvents(String output) {
        String suffix = output.equals(OutputConfig.DEFAULT_NAME) ? "" : "/" + output;
        files = LoggerFactory.getLogger("files" + suffix);
        destination = LoggerFactory.getLogger("destination" + suffix);
        state = LoggerFactory.getLogger("state" + suffix);
    }

    @Override
    public void fileOpened(String source, Path file, long offset) {
        files.info("[{}] following {} from byte {}", source, file, offset);
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
    public void lineSplit(String source, Path file, long offset) {
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
        destination.error("{} event(s) refused for good ({}); kept in {}", events, reason, deadLetters);
    }

    @Override
    public void deadLettersFailing(String reason) {
        state.error("dead letters cannot be written ({}); the refused events are kept and tried again", reason);
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
