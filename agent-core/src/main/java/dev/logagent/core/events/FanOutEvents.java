package dev.logagent.core.events;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Tells several listeners, in order. */
public final class FanOutEvents implements AgentEvents {

    private final List<AgentEvents> listeners;

    public FanOutEvents(AgentEvents... listeners) {
        this.listeners = List.of(listeners);
    }

    @Override
    public void fileOpened(String source, Path file, long offset) {
        listeners.forEach(listener -> listener.fileOpened(source, file, offset));
    }

    @Override
    public void fileClosed(String source, Path file, long offset) {
        listeners.forEach(listener -> listener.fileClosed(source, file, offset));
    }

    @Override
    public void fileRotated(String source, Path file) {
        listeners.forEach(listener -> listener.fileRotated(source, file));
    }

    @Override
    public void fileTruncated(String source, Path file, long readBefore) {
        listeners.forEach(listener -> listener.fileTruncated(source, file, readBefore));
    }

    @Override
    public void bytesLost(String source, Path file, long bytes, String reason) {
        listeners.forEach(listener -> listener.bytesLost(source, file, bytes, reason));
    }

    @Override
    public void deletedBytesHeld(long bytes) {
        listeners.forEach(listener -> listener.deletedBytesHeld(bytes));
    }

    @Override
    public void deletedBytesOverLimit(long bytes, long max, boolean givesUp) {
        listeners.forEach(listener -> listener.deletedBytesOverLimit(bytes, max, givesUp));
    }

    @Override
    public void holeSkipped(String source, Path file, long offset, long bytes) {
        listeners.forEach(listener -> listener.holeSkipped(source, file, offset, bytes));
    }

    @Override
    public void fileSkipped(String source, Path file, String reason) {
        listeners.forEach(listener -> listener.fileSkipped(source, file, reason));
    }

    @Override
    public void fileReadableAgain(String source, Path file) {
        listeners.forEach(listener -> listener.fileReadableAgain(source, file));
    }

    @Override
    public void skippedFileGone(String source, Path file) {
        listeners.forEach(listener -> listener.skippedFileGone(source, file));
    }

    @Override
    public void sourceWaiting(String source, String pattern) {
        listeners.forEach(listener -> listener.sourceWaiting(source, pattern));
    }

    @Override
    public void lineSplit(String source, String file, long offset) {
        listeners.forEach(listener -> listener.lineSplit(source, file, offset));
    }

    @Override
    public void watchingUnavailable(String what, String reason) {
        listeners.forEach(listener -> listener.watchingUnavailable(what, reason));
    }

    @Override
    public void logsDiscovered(int files, int sources, int skipped) {
        listeners.forEach(listener -> listener.logsDiscovered(files, sources, skipped));
    }

    @Override
    public void formatFound(String source, String file, String format) {
        listeners.forEach(listener -> listener.formatFound(source, file, format));
    }

    @Override
    public void linesNotParsed(String source, String file, String format, int lines) {
        listeners.forEach(listener -> listener.linesNotParsed(source, file, format, lines));
    }

    @Override
    public void linesParsed(String format, LineRun run, int unparsed) {
        listeners.forEach(listener -> listener.linesParsed(format, run, unparsed));
    }

    @Override
    public void inputOpened(String source, String input, String from) {
        listeners.forEach(listener -> listener.inputOpened(source, input, from));
    }

    @Override
    public void inputFailing(String source, String input, String reason) {
        listeners.forEach(listener -> listener.inputFailing(source, input, reason));
    }

    @Override
    public void inputRecovered(String source, String input) {
        listeners.forEach(listener -> listener.inputRecovered(source, input));
    }

    @Override
    public void recordsLost(String source, String input, long records, String reason) {
        listeners.forEach(listener -> listener.recordsLost(source, input, records, reason));
    }

    @Override
    public void inputNotice(String source, String input, String notice) {
        listeners.forEach(listener -> listener.inputNotice(source, input, notice));
    }

    @Override
    public void linesRead(LineRun run) {
        listeners.forEach(listener -> listener.linesRead(run));
    }

    @Override
    public void redacted(String rule, long matches) {
        listeners.forEach(listener -> listener.redacted(rule, matches));
    }

    @Override
    public void batchDelivered(Batch batch) {
        listeners.forEach(listener -> listener.batchDelivered(batch));
    }

    @Override
    public void batchRetried(Batch batch, int attempt, String reason, Duration delay) {
        listeners.forEach(listener -> listener.batchRetried(batch, attempt, reason, delay));
    }

    @Override
    public void destinationFailing(String reason, boolean misconfigured) {
        listeners.forEach(listener -> listener.destinationFailing(reason, misconfigured));
    }

    @Override
    public void batchParked(int attempts, String reason) {
        listeners.forEach(listener -> listener.batchParked(attempts, reason));
    }

    @Override
    public void destinationRecovered(Duration outage, long failedAttempts) {
        listeners.forEach(listener -> listener.destinationRecovered(outage, failedAttempts));
    }

    @Override
    public void transportBroken(Throwable bug) {
        listeners.forEach(listener -> listener.transportBroken(bug));
    }

    @Override
    public void eventsRejected(int events, String reason, Path deadLetters) {
        listeners.forEach(listener -> listener.eventsRejected(events, reason, deadLetters));
    }

    @Override
    public void deadLettersFailing(String reason) {
        listeners.forEach(listener -> listener.deadLettersFailing(reason));
    }

    @Override
    public void spoolFilling(Path spool) {
        listeners.forEach(listener -> listener.spoolFilling(spool));
    }

    @Override
    public void batchSpooled(Batch batch) {
        listeners.forEach(listener -> listener.batchSpooled(batch));
    }

    @Override
    public void spoolFound(Path spool, long batches, long bytes) {
        listeners.forEach(listener -> listener.spoolFound(spool, batches, bytes));
    }

    @Override
    public void spoolDrained() {
        listeners.forEach(listener -> listener.spoolDrained());
    }

    @Override
    public void spoolLeft(long batches, long bytes) {
        listeners.forEach(listener -> listener.spoolLeft(batches, bytes));
    }

    @Override
    public void spoolFull(long bytes) {
        listeners.forEach(listener -> listener.spoolFull(bytes));
    }

    @Override
    public void spoolFailing(Path spool, String reason) {
        listeners.forEach(listener -> listener.spoolFailing(spool, reason));
    }

    @Override
    public void spoolWorksAgain() {
        listeners.forEach(listener -> listener.spoolWorksAgain());
    }

    @Override
    public void spoolAbandoned(Path segment, String reason) {
        listeners.forEach(listener -> listener.spoolAbandoned(segment, reason));
    }

    @Override
    public void spoolTailCut(Path segment, long bytes) {
        listeners.forEach(listener -> listener.spoolTailCut(segment, bytes));
    }

    @Override
    public void spoolDamaged(Path setAside, long batches) {
        listeners.forEach(listener -> listener.spoolDamaged(setAside, batches));
    }

    @Override
    public void eventsWithheld(String source, int events, Path folder) {
        listeners.forEach(listener -> listener.eventsWithheld(source, events, folder));
    }

    @Override
    public void eventsDropped(long events) {
        listeners.forEach(listener -> listener.eventsDropped(events));
    }

    @Override
    public void checkpointDamaged(Path checkpoint, Path setAside, String reason) {
        listeners.forEach(listener -> listener.checkpointDamaged(checkpoint, setAside, reason));
    }

    @Override
    public void checkpointNotSaved(String reason) {
        listeners.forEach(listener -> listener.checkpointNotSaved(reason));
    }

    @Override
    public void checkpointSavedAgain() {
        listeners.forEach(listener -> listener.checkpointSavedAgain());
    }
}
