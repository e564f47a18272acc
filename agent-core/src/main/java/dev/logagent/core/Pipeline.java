package dev.logagent.core;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.aggregator.Aggregator;
import dev.logagent.core.checkpoint.CheckpointStore;
import dev.logagent.core.checkpoint.CheckpointStore.Loaded;
import dev.logagent.core.checkpoint.Checkpointer;
import dev.logagent.core.checkpoint.StateFolder;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.detector.Detector;
import dev.logagent.core.detector.Detectors;
import dev.logagent.core.discovery.FileWatcher;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.sender.Sender;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages in their order, each given to the one before it:
 *
 * <pre>
 * discovery -> detector -> parser -> aggregator -> sender -> transport -> ack -> checkpoint
 *   files       lines      events     batches     workers     bytes     offsets    disk
 * </pre>
 *
 * They are started from the end backwards, so that nothing is read before it can be delivered, and stopped from the front
 * forwards.
 */
final class Pipeline {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

    private final StateFolder state;
    private final Checkpointer checkpointer;
    private final Positions positions;
    private final MemoryBudget budget;
    private final Sender sender;
    private final Aggregator aggregator;
    private final List<Detector> detectors = new ArrayList<>();
    private final FileWatcher watcher;

    /** @throws IOException if the state folder cannot be used, with a message for the user */
    Pipeline(AgentConfig config, Transport transport, AgentEvents events, FatalError fatal) throws IOException {
        state = StateFolder.open(config.global().stateDir());
        try {
            CheckpointStore store = new CheckpointStore(state, events);
            Loaded loaded = store.load();
            positions = loaded.positions();
            checkpointer = new Checkpointer(store, positions, events);
            budget = new MemoryBudget(config.buffer().maxMemoryBytes());
            sender = new Sender(transport, config.global(), state.path(), events, fatal, this::resolved);
            aggregator = new Aggregator(config.global(), sender);
            watcher = new FileWatcher(events, fatal);
            Detectors factory = new Detectors(
                    watcher,
                    positions,
                    loaded.damaged(),
                    budget,
                    config.global(),
                    state.path(),
                    aggregator::offer,
                    events);
            for (SourceConfig source : config.sources()) {
                detectors.add(factory.create(source));
            }
        } catch (IOException | RuntimeException e) {
            state.close();
            throw e;
        }
    }

    void start(FatalError fatal) throws IOException, InterruptedException {
        aggregator.start(fatal);
        for (Detector detector : detectors) {
            detector.start(fatal);
        }
        for (Detector detector : detectors) {
            detector.awaitFirstScan();
        }
        // Where reading begins must be known after a crash, before the first line is on its way.
        if (!checkpointer.save()) {
            throw new IOException("the positions cannot be saved in " + state.path());
        }
        checkpointer.start(fatal);
    }

    private void resolved(Batch batch) {
        positions.resolve(batch);
        long cost = 0;
        for (LineRun run : batch.runs()) {
            cost += MemoryBudget.cost(run);
        }
        budget.release(cost);
    }

    /** Reads and delivers everything that is there now, however long it takes. */
    void finish() throws InterruptedException {
        detectors.forEach(Detector::finish);
        for (Detector detector : detectors) {
            detector.awaitEnd(Duration.ofDays(365));
        }
        aggregator.finish();
        aggregator.awaitEnd(Duration.ofDays(365));
        sender.awaitEmpty(Duration.ofDays(365));
    }

    /** Stops reading, and waits for what is on its way. Gives whether everything has arrived. */
    boolean drain(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        detectors.forEach(Detector::stop);
        budget.close();
        aggregator.finish();
        sender.retryNow();
        for (Detector detector : detectors) {
            detector.awaitEnd(until(deadline));
        }
        boolean empty = aggregator.awaitEnd(until(deadline)) && sender.awaitEmpty(until(deadline));
        sender.stop(STOP_TIMEOUT);
        return empty;
    }

    private static Duration until(long deadlineNanos) {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    int unresolvedBatches() {
        return sender.unresolvedBatches();
    }

    long unresolvedEvents() {
        return sender.unresolvedEvents();
    }

    /** Saves the positions and lets go of everything. */
    void close() {
        watcher.close();
        checkpointer.stop();
        checkpointer.save();
        state.close();
    }
}
