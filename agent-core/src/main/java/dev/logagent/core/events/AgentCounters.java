package dev.logagent.core.events;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is reported. Safe for use by several threads. */
public final class AgentCounters implements AgentEvents {

    private final LongAdder linesRead = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder linesNotParsed = new LongAdder();
    private final AtomicInteger filesOpen = new AtomicInteger();
    private final Set<Path> filesUnreadable = ConcurrentHashMap.newKeySet();
    private final LongAdder eventsDelivered = new LongAdder();
    private final LongAdder batchesDelivered = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private final LongAdder bytesLost = new LongAdder();
    private final LongAdder recordsLost = new LongAdder();
    private final Set<String> inputsFailing = ConcurrentHashMap.newKeySet();
    private volatile long deletedBytesHeld;
    private final Map<String, LongAdder> redactions = new ConcurrentHashMap<>();
    private final LongAdder eventsSpooled = new LongAdder();
    private final LongAdder eventsDropped = new LongAdder();
    private final LongAdder eventsWithheld = new LongAdder();
    private final LongAdder batchesDamaged = new LongAdder();

    @Override
    public void fileOpened(String source, Path file, long offset) {
        filesOpen.incrementAndGet();
    }

    @Override
    public void fileClosed(String source, Path file, long offset) {
        filesOpen.decrementAndGet();
    }

    @Override
    public void fileSkipped(String source, Path file, String reason) {
        filesUnreadable.add(file);
    }

    @Override
    public void fileReadableAgain(String source, Path file) {
        filesUnreadable.remove(file);
    }

    @Override
    public void skippedFileGone(String source, Path file) {
        filesUnreadable.remove(file);
    }

    @Override
    public void bytesLost(String source, Path file, long bytes, String reason) {
        bytesLost.add(bytes);
    }

    @Override
    public void inputFailing(String source, String input, String reason) {
        inputsFailing.add(source);
    }

    @Override
    public void inputRecovered(String source, String input) {
        inputsFailing.remove(source);
    }

    @Override
    public void recordsLost(String source, String input, long records, String reason) {
        recordsLost.add(Math.max(1, records));
    }

    @Override
    public void deletedBytesHeld(long bytes) {
        deletedBytesHeld = bytes;
    }

    @Override
    public void linesRead(LineRun run) {
        linesRead.add(run.count());
        bytesRead.add(run.byteCount());
    }

    @Override
    public void redacted(String rule, long matches) {
        redactions.computeIfAbsent(rule, name -> new LongAdder()).add(matches);
    }

    @Override
    public void linesNotParsed(String source, String file, String format, int lines) {
        linesNotParsed.add(lines);
    }

    @Override
    public void batchDelivered(Batch batch) {
        eventsDelivered.add(batch.size());
        batchesDelivered.increment();
    }

    @Override
    public void batchRetried(Batch batch, int attempt, String reason, Duration delay) {
        retries.increment();
    }

    @Override
    public void eventsRejected(int events, String reason, Path file) {
        deadLetters.add(events);
    }

    /** How often each rule has taken something out of a line; rules that never have are missing. */
    private Map<String, Long> redactions() {
        Map<String, Long> counts = new TreeMap<>();
        redactions.forEach((rule, count) -> counts.put(rule, count.sum()));
        return counts;
    }

    @Override
    public void batchSpooled(Batch batch) {
        eventsSpooled.add(batch.size());
    }

    @Override
    public void eventsDropped(long events) {
        eventsDropped.add(events);
    }

    @Override
    public void eventsWithheld(String source, int events, Path folder) {
        eventsWithheld.add(events);
    }

    @Override
    public void spoolDamaged(Path setAside, long batches) {
        batchesDamaged.add(batches);
    }

    /** All counters now. */
    public AgentStatus status(int batchesInFlight, long spoolBatches, long spoolBytes) {
        return new AgentStatus(
                linesRead.sum(),
                bytesRead.sum(),
                linesNotParsed.sum(),
                filesOpen.get(),
                filesUnreadable.size(),
                eventsDelivered.sum(),
                batchesDelivered.sum(),
                retries.sum(),
                deadLetters.sum(),
                bytesLost.sum(),
                recordsLost.sum(),
                inputsFailing.size(),
                deletedBytesHeld,
                batchesInFlight,
                redactions(),
                new AgentStatus.Spool(
                        spoolBatches,
                        spoolBytes,
                        eventsSpooled.sum(),
                        eventsDropped.sum(),
                        eventsWithheld.sum(),
                        batchesDamaged.sum()));
    }
}
