package dev.logagent.core.events;

import dev.logagent.api.Batch;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the log what an operator wants to know: changes of state, each once, not each line or attempt. */
public final class LoggingEvents implements AgentEvents {

    private static final Logger FILES = LoggerFactory.getLogger("files");
    private static final Logger DESTINATION = LoggerFactory.getLogger("destination");
    private static final Logger STATE = LoggerFactory.getLogger("state");

    @Override
    public void fileOpened(String source, Path file, long offset) {
        FILES.info("[{}] following {} from byte {}", source, file, offset);
    }

    @Override
    public void fileClosed(String source, Path file, long offset) {
        FILES.debug("[{}] closed {} after byte {}", source, file, offset);
    }

    @Override
    public void fileRotated(String source, Path file) {
        FILES.info("[{}] {} was rotated; reading the old one to its end", source, file);
    }

    @Override
    public void fileTruncated(String source, Path file, long readBefore) {
        FILES.info(
                "[{}] {} was truncated or replaced after {} bytes were read; reading the new contents from the start",
                source,
                file,
                readBefore);
    }

    @Override
    public void bytesLost(String source, Path file, long bytes, String reason) {
        FILES.error("[{}] {} bytes of {} are lost: {}", source, bytes, file, reason);
    }

    @Override
    public void holeSkipped(String source, Path file, long offset, long bytes) {
        FILES.warn("[{}] skipped a hole of {} NUL bytes at byte {} of {}", source, bytes, offset, file);
    }

    @Override
    public void fileSkipped(String source, Path file, String reason) {
        FILES.warn("[{}] cannot read {}: {}; will try again", source, file, reason);
    }

    @Override
    public void fileReadableAgain(String source, Path file) {
        FILES.info("[{}] {} can be read again", source, file);
    }

    @Override
    public void sourceWaiting(String source, String pattern) {
        FILES.info("[{}] no file matches {} yet; waiting for one", source, pattern);
    }

    @Override
    public void lineSplit(String source, Path file, long offset) {
        FILES.warn(
                "[{}] the line at byte {} of {} is longer than max_line_bytes; sending it in pieces",
                source,
                offset,
                file);
    }

    @Override
    public void watchingUnavailable(String what, String reason) {
        FILES.warn("{}: the system does not tell of changes ({}); polling instead", what, reason);
    }

    @Override
    public void batchRetried(Batch batch, int attempt, String reason, Duration delay) {
        DESTINATION.debug(
                "batch {} failed {} times ({}); next try in {} ms", batch.id(), attempt, reason, delay.toMillis());
    }

    @Override
    public void destinationFailing(String reason, boolean misconfigured) {
        if (misconfigured) {
            DESTINATION.error(
                    "refused: {}; check end_point and the transport's credentials. Nothing is lost: retrying slowly",
                    reason);
        } else {
            DESTINATION.warn("not delivering: {}; retrying", reason);
        }
    }

    @Override
    public void batchParked(int attempts, String reason) {
        DESTINATION.warn(
                "a batch has failed {} times ({}); it is kept and retried until it is delivered", attempts, reason);
    }

    @Override
    public void destinationRecovered(Duration outage, long failedAttempts) {
        DESTINATION.info("delivering again after {} ms and {} failed attempts", outage.toMillis(), failedAttempts);
    }

    @Override
    public void transportBroken(Throwable bug) {
        DESTINATION.error("the transport has a bug; the batch is kept and retried", bug);
    }

    @Override
    public void eventsRejected(int events, String reason, Path deadLetters) {
        DESTINATION.error("{} event(s) refused for good ({}); kept in {}", events, reason, deadLetters);
    }

    @Override
    public void deadLettersFailing(String reason) {
        STATE.error("dead letters cannot be written ({}); the refused events are kept and tried again", reason);
    }

    @Override
    public void checkpointDamaged(Path checkpoint, Path setAside, String reason) {
        STATE.error(
                "{} is damaged ({}); moved to {}. Lines may be sent again, none is skipped",
                checkpoint,
                reason,
                setAside);
    }

    @Override
    public void checkpointNotSaved(String reason) {
        STATE.error("positions cannot be saved ({}); after a restart lines would be sent again", reason);
    }

    @Override
    public void checkpointSavedAgain() {
        STATE.info("positions can be saved again");
    }
}
