package dev.logagent.core;

import dev.logagent.api.Batch;
import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.aggregator.Aggregator;
import dev.logagent.core.checkpoint.CheckpointStore;
import dev.logagent.core.checkpoint.CheckpointStore.Loaded;
import dev.logagent.core.checkpoint.Checkpointer;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.detector.Detector;
import dev.logagent.core.detector.Detectors;
import dev.logagent.core.discovery.FileWatcher;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.routing.LineFilter;
import dev.logagent.core.routing.Routing;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.sender.Sender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The stages of one output in their order, each given to the one before it:
 *
 * <pre>
 * discovery -> detector -> parser -> aggregator -> sender -> transport -> ack -> checkpoint
 *   files       lines      events     batches     workers     bytes     offsets    disk
 * </pre>
 *
 * An agent with several outputs has as many pipelines: each reads for itself, and so knows its own position; a slow one
 * neither holds the others up nor makes them repeat anything.
 *
 * <p>The stages are started from the end backwards, so that nothing is read before it can be delivered, and stopped from the front
 * forwards.
 */
final class Pipeline {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

    private final Path folder;
    private final Checkpointer checkpointer;
    private final Positions positions;
    private final MemoryBudget budget;
    private final Sender sender;
    private final Aggregator aggregator;
    private final List<Detector> detectors = new ArrayList<>();

    /**
     * The stages for one output.
     *
     * @param folder where the output's positions and dead letters are kept
     * @param watcher shared with other pipelines
     * @throws IOException if the positions cannot be read, with a message for the user
     */
    Pipeline(
            AgentConfig config,
            OutputConfig output,
            Transport transport,
            Path folder,
            FileWatcher watcher,
            AgentEvents events,
            FatalError fatal)
            throws IOException {
        this.folder = folder;
        CheckpointStore store = new CheckpointStore(folder, events);
        Loaded loaded = store.load();
        positions = loaded.positions();
        checkpointer = new Checkpointer(store, positions, events);
        budget = new MemoryBudget(
                config.buffer().maxMemoryBytes() / config.outputs().size());
        sender = new Sender(transport, output.delivery(), folder, events, fatal, this::resolved);
        aggregator = new Aggregator(output.delivery(), sender);
        Detectors factory = new Detectors(
                watcher,
                positions,
                loaded.damaged(),
                budget,
                config.global(),
                config.global().stateDir(),
                events);
        Routing routing = new Routing(config.routes(), config.outputs(), config.sovereignty());
        for (SourceConfig source : config.sources()) {
            Set<Level> levels = routing.levelsFor(source.info(), output);
            if (levels.size() == Level.values().length) {
                detectors.add(factory.create(source, aggregator::offer));
            } else if (!levels.isEmpty()) {
                detectors.add(factory.create(source, new LineFilter(levels, aggregator::offer, this::resolved)));
            }
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
            throw new IOException("the positions cannot be saved in " + folder);
        }
        detectors.forEach(Detector::beginReading);
        checkpointer.start(fatal);
    }

    private void resolved(Batch batch) {
        batch.runs().forEach(this::resolved);
    }

    private void resolved(LineRun run) {
        positions.resolve(run);
        budget.release(MemoryBudget.cost(run));
    }

    /** Tells the detectors to end when they have read everything that is there now. */
    void finishReading() {
        detectors.forEach(Detector::finish);
    }

    /** Waits until everything that is there now is read and delivered, however long it takes. */
    void awaitDelivered() throws InterruptedException {
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
        checkpointer.stop();
        checkpointer.save();
    }
}
