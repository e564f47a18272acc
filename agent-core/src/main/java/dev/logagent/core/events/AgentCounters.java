package dev.logagent.core.events;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is reported. Safe for use by several threads. */
public final class AgentCounters implements AgentEvents {

    private final LongAdder linesRead = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final AtomicInteger filesOpen = new AtomicInteger();
    private final Set<Path> filesUnreadable = ConcurrentHashMap.newKeySet();
    private final LongAdder eventsDelivered = new LongAdder();
    private final LongAdder batchesDelivered = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();

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
    public void linesRead(LineRun run) {
        linesRead.add(run.count());
        bytesRead.add(run.byteCount());
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

    /** All counters now. */
    public AgentStatus status(int batchesInFlight) {
        return new AgentStatus(
                linesRead.sum(),
                bytesRead.sum(),
                filesOpen.get(),
                filesUnreadable.size(),
                eventsDelivered.sum(),
                batchesDelivered.sum(),
                retries.sum(),
                deadLetters.sum(),
                batchesInFlight);
    }
}
