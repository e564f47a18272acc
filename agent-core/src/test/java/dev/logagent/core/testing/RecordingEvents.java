package dev.logagent.core.testing;

import dev.logagent.api.Batch;
import dev.logagent.core.events.AgentEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Remembers what the pipeline reported, each event as its name and the parts that tests look at. */
public final class RecordingEvents implements AgentEvents {

    private final List<String> all = new ArrayList<>();

    private synchronized void add(String event) {
        all.add(event);
    }

    /** All events in order. */
    public synchronized List<String> all() {
        return List.copyOf(all);
    }

    /** The events of one name, in order. */
    public List<String> named(String name) {
        return all().stream()
                .filter(event -> event.equals(name) || event.startsWith(name + " "))
                .toList();
    }

    @Override
    public void fileOpened(String source, Path file, long offset) {
        add("fileOpened " + file.getFileName() + " " + offset);
    }

    @Override
    public void fileClosed(String source, Path file, long offset) {
        add("fileClosed " + file.getFileName() + " " + offset);
    }

    @Override
    public void fileRotated(String source, Path file) {
        add("fileRotated " + file.getFileName());
    }

    @Override
    public void fileTruncated(String source, Path file, long readBefore) {
        add("fileTruncated " + file.getFileName() + " " + readBefore);
    }

    @Override
    public void bytesLost(String source, Path file, long bytes, String reason) {
        add("bytesLost " + file.getFileName() + " " + bytes + " " + reason);
    }

    @Override
    public void holeSkipped(String source, Path file, long offset, long bytes) {
        add("holeSkipped " + file.getFileName() + " " + offset + " " + bytes);
    }

    @Override
    public void fileSkipped(String source, Path file, String reason) {
        add("fileSkipped " + file.getFileName() + " " + reason);
    }

    @Override
    public void fileReadableAgain(String source, Path file) {
        add("fileReadableAgain " + file.getFileName());
    }

    @Override
    public void skippedFileGone(String source, Path file) {
        add("skippedFileGone " + file.getFileName());
    }

    @Override
    public void deletedBytesOverLimit(long bytes, long max, boolean givesUp) {
        add("deletedBytesOverLimit " + max);
    }

    @Override
    public void sourceWaiting(String source, String pattern) {
        add("sourceWaiting " + source);
    }

    @Override
    public void lineSplit(String source, String file, long offset) {
        add("lineSplit " + Path.of(file).getFileName() + " " + offset);
    }

    @Override
    public void watchingUnavailable(String what, String reason) {
        add("watchingUnavailable " + what);
    }

    @Override
    public void inputOpened(String source, String input, String from) {
        add("inputOpened " + source);
    }

    @Override
    public void inputFailing(String source, String input, String reason) {
        add("inputFailing " + source + " " + reason);
    }

    @Override
    public void inputRecovered(String source, String input) {
        add("inputRecovered " + source);
    }

    @Override
    public void recordsLost(String source, String input, long records, String reason) {
        add("recordsLost " + records + " " + reason);
    }

    @Override
    public void inputNotice(String source, String input, String notice) {
        add("inputNotice " + notice);
    }

    @Override
    public void batchDelivered(Batch batch) {
        add("batchDelivered " + batch.size());
    }

    @Override
    public void batchRetried(Batch batch, int attempt, String reason, Duration delay) {
        add("batchRetried " + attempt + " " + reason);
    }

    @Override
    public void destinationFailing(String reason, boolean misconfigured) {
        add("destinationFailing " + reason + (misconfigured ? " (misconfigured)" : ""));
    }

    @Override
    public void batchParked(int attempts, String reason) {
        add("batchParked " + attempts);
    }

    @Override
    public void destinationRecovered(Duration outage, long failedAttempts) {
        add("destinationRecovered " + failedAttempts);
    }

    @Override
    public void transportBroken(Throwable bug) {
        add("transportBroken " + bug.getMessage());
    }

    @Override
    public void eventsRejected(int events, String reason, Path deadLetters) {
        add("eventsRejected " + events + " " + reason);
    }

    @Override
    public void deadLettersFailing(String reason) {
        add("deadLettersFailing");
    }

    @Override
    public void spoolFilling(Path spool) {
        add("spoolFilling");
    }

    @Override
    public void batchSpooled(Batch batch) {
        add("batchSpooled " + batch.size());
    }

    @Override
    public void spoolFound(Path spool, long batches, long bytes) {
        add("spoolFound " + batches);
    }

    @Override
    public void spoolDrained() {
        add("spoolDrained");
    }

    @Override
    public void spoolLeft(long batches, long bytes) {
        add("spoolLeft " + batches);
    }

    @Override
    public void spoolFull(long bytes) {
        add("spoolFull");
    }

    @Override
    public void spoolFailing(Path spool, String reason) {
        add("spoolFailing");
    }

    @Override
    public void spoolWorksAgain() {
        add("spoolWorksAgain");
    }

    @Override
    public void spoolAbandoned(Path segment, String reason) {
        add("spoolAbandoned");
    }

    @Override
    public void spoolTailCut(Path segment, long bytes) {
        add("spoolTailCut " + bytes);
    }

    @Override
    public void spoolDamaged(Path setAside, long batches) {
        add("spoolDamaged " + batches);
    }

    @Override
    public void eventsWithheld(String source, int events, Path folder) {
        add("eventsWithheld " + source + " " + events);
    }

    @Override
    public void eventsDropped(long events) {
        add("eventsDropped " + events);
    }

    @Override
    public void checkpointDamaged(Path checkpoint, Path setAside, String reason) {
        add("checkpointDamaged " + checkpoint.getFileName() + " " + reason);
    }

    @Override
    public void checkpointNotSaved(String reason) {
        add("checkpointNotSaved");
    }

    @Override
    public void checkpointSavedAgain() {
        add("checkpointSavedAgain");
    }
}
