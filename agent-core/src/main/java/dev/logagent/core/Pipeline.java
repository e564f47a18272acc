package dev.logagent.core;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.aggregator.Lanes;
import dev.logagent.core.checkpoint.CheckpointStore;
import dev.logagent.core.checkpoint.CheckpointStore.Loaded;
import dev.logagent.core.checkpoint.Checkpointer;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.BufferConfig;
import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SourceConfig.Priority;
import dev.logagent.core.deadletter.DeadLetters;
import dev.logagent.core.detector.Detectors;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.input.Input;
import dev.logagent.core.input.Intake;
import dev.logagent.core.inventory.Discovery;
import dev.logagent.core.limits.Pace;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.sender.Outlet;
import dev.logagent.core.sender.Sender;
import dev.logagent.core.status.FileFigures;
import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.Gauges;
import dev.logagent.core.status.OutputFigures;
import dev.logagent.core.status.OutputStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

    /** Besides the time a batch may stay open: nobody has to be told of a line that is on its way for so long. */
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final @Nullable Discovery discovery;
    private final Checkpointer checkpointer;
    private final Positions positions;
    private final MemoryBudget budget;
    private final Sender sender;
    private final DeadLetters deadLetters;
    private final OutputConfig output;
    private final OutputFigures figures;
    private final FileFigures files;
    private final Lanes aggregator;
    private final List<Input> inputs = new ArrayList<>();
    private final Map<String, Intake> sharedIntakes = new HashMap<>();

    /**
     * The stages for one output.
     *
     * @param folder where the output's positions, dead letters and spool are kept
     * @param shared with other pipelines
     * @param figures sees what passes
     * @param crashPoints where a test may end the process
     * @throws IOException if the positions cannot be read, with a message for the user
     */
    Pipeline(
            AgentConfig config,
            OutputConfig output,
            Transport transport,
            Path folder,
            SharedLimits shared,
            AgentEvents events,
            OutputFigures figures,
            FatalError fatal,
            CrashPoints crashPoints)
            throws IOException {
        this.folder = folder;
        this.discovery = shared.discovery();
        this.output = output;
        this.figures = figures;
        CheckpointStore store = new CheckpointStore(folder, events, crashPoints);
        Loaded loaded = store.load();
        positions = loaded.positions();
        files = new FileFigures(positions, LEAST_PATIENCE.plus(output.delivery().interval()));
        checkpointer = new Checkpointer(store, shared.state(), positions, events);
        BufferConfig share = config.buffer().share(config.outputs().size());
        budget = new MemoryBudget(share.maxMemoryBytes());
        Outlet outlet = new Outlet(output, share, config.sovereignty(), folder, new Restorer(config, output));
        deadLetters = new DeadLetters(folder, config.limits().maxDeadLetterBytes(), crashPoints);
        sender = new Sender(transport, outlet, deadLetters, budget, events, fatal, crashPoints, this::resolved);
        aggregator = new Lanes(
                output.delivery(),
                sender,
                config.sources().stream().anyMatch(source -> source.priority() == Priority.HIGH));
        Detectors factory = new Detectors(
                shared.watcher(),
                shared.places(),
                shared.deleted(),
                positions,
                loaded.damaged(),
                budget,
                config.global(),
                config.global().stateDir(),
                events);
        Inputs made = new Inputs(factory, shared.discovery(), positions, loaded.damaged(), config.global());
        Ways ways = new Ways(
                config,
                output,
                Pace.overall(config.limits().rate(), config.limits().cpuPercent()),
                budget,
                events,
                source -> aggregator.room(source.priority() == Priority.HIGH),
                source -> figures.watching(aggregator.sink(source.priority() == Priority.HIGH)),
                this::resolved);
        for (SourceConfig source : config.sources()) {
            Intake intake = ways.of(source);
            if (intake != null && source.input().isShared()) {
                sharedIntakes.put(source.name(), intake);
            } else if (intake != null) {
                inputs.add(made.create(source, ways.joinsContainers(source), intake));
            }
        }
    }

    /** The way into this pipeline for a source that is read for all outputs together; null if nothing of it is for this one. */
    @Nullable Intake intake(SourceConfig source) {
        return sharedIntakes.get(source.name());
    }

    void start(FatalError fatal) throws IOException, InterruptedException {
        sender.start();
        aggregator.start(fatal);
        for (Input input : inputs) {
            input.start(fatal);
        }
        for (Input input : inputs) {
            input.awaitReady();
        }
        // Where reading begins must be known after a crash, before the first line is on its way.
        if (!savePositions()) {
            throw new IOException(unsaved());
        }
        inputs.forEach(Input::beginReading);
        checkpointer.start(fatal);
    }

    /** Saves the positions now. Gives whether they are on disk. */
    boolean savePositions() {
        return checkpointer.save();
    }

    /** What is wrong when positions are not saved, for the user. */
    String unsaved() {
        return "the positions cannot be saved in " + folder + ": is the disk full, or its folder gone?";
    }

    private void resolved(Batch batch) {
        figures.resolved(batch);
        batch.runs().forEach(this::resolved);
    }

    private void resolved(LineRun run) {
        boolean discovered = discovery != null && discovery.isOwn(run.source());
        positions.resolve(discovered ? DiscoveryConfig.NAME : run.source().name(), run);
        figures.resolved(run);
        budget.release(MemoryBudget.cost(run));
    }

    /** Stops reading the sources of these names for a while, and goes on reading all others. */
    void pause(Set<String> sources) {
        inputs.forEach(input -> input.pause(sources.contains(input.source())));
    }

    /** Has everything that was read so far sent soon. */
    void flushSoon() {
        aggregator.flushSoon();
        sender.retryNow();
    }

    /** Has everything sent now that waits for a retry. */
    void retryNow() {
        sender.retryNow();
    }

    /** How many bytes were, a moment ago, unread in deleted files, by the source that holds them; those that hold any. */
    Map<String, Long> unreadBytesOfDeleted() {
        Map<String, Long> unread = new TreeMap<>();
        for (Input input : inputs) {
            long bytes = input.unreadBytesOfDeleted();
            if (bytes > 0) {
                unread.put(input.source(), bytes);
            }
        }
        return unread;
    }

    /** Tells what reads to end when they have read everything that is there now. */
    void finishReading() {
        inputs.forEach(Input::finish);
    }

    /** Waits until everything that is there now is read and delivered, however long it takes. */
    void awaitDelivered() throws InterruptedException {
        for (Input input : inputs) {
            input.awaitEnd(Duration.ofDays(365));
        }
        aggregator.finish();
        aggregator.awaitEnd(Duration.ofDays(365));
        sender.awaitEmpty(Duration.ofDays(365));
    }

    /** Stops reading, and waits for what is on its way. Gives whether everything has arrived. */
    boolean drain(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        inputs.forEach(Input::stop);
        budget.close();
        aggregator.finish();
        sender.finish();
        for (Input input : inputs) {
            input.awaitEnd(until(deadline));
        }
        boolean empty = aggregator.awaitEnd(until(deadline)) && sender.awaitEmpty(until(deadline));
        sender.stop(STOP_TIMEOUT);
        return empty;
    }

    private static Duration until(long deadlineNanos) {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    /** How the output does now. */
    OutputStatus status() {
        return figures.status(new Gauges(
                sender.unresolvedBatches(),
                sender.waitingForRetry(),
                output.delivery().channelBound(),
                budget.used(),
                budget.max(),
                deadLetters.bytes(),
                sender.spooledBatches(),
                sender.spooledBytes(),
                sender.away(),
                checkpointer.age()));
    }

    /** What the sources have reported for this output. */
    OutputFigures figures() {
        return figures;
    }

    /** How the followed files do for this output, by their source. */
    Map<String, List<FileStatus>> files() {
        return files.sample();
    }

    int unresolvedBatches() {
        return sender.unresolvedBatches();
    }

    long unresolvedEvents() {
        return sender.unresolvedEvents();
    }

    long spooledBatches() {
        return sender.spooledBatches();
    }

    long spooledBytes() {
        return sender.spooledBytes();
    }

    /** Saves the positions and lets go of everything. */
    void close() {
        checkpointer.close();
    }
}
