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
    public void sourceWaiting(String source, String pattern) {
        listeners.forEach(listener -> listener.sourceWaiting(source, pattern));
    }

    @Override
    public void lineSplit(String source, Path file, long offset) {
        listeners.forEach(listener -> listener.lineSplit(source, file, offset));
    }

    @Override
    public void watchingUnavailable(String what, String reason) {
        listeners.forEach(listener -> listener.watchingUnavailable(what, reason));
    }

    @Override
    public void linesRead(LineRun run) {
        listeners.forEach(listener -> listener.linesRead(run));
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
